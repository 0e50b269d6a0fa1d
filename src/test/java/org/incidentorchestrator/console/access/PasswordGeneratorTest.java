package org.incidentorchestrator.console.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PasswordGeneratorTest {
    @Test
    void every_password_satisfies_the_policy() {
        PasswordGenerator generator = new PasswordGenerator(new Random(7));
        List<String> passwords =
                Stream.generate(() -> generator.next("q")).limit(500).toList();
        assertThat(passwords).doesNotHaveDuplicates().allSatisfy(password -> assertThat(password)
                .hasSize(20)
                .containsPattern("[A-Z]")
                .containsPattern("[a-z]")
                .containsPattern("[0-9]")
                .containsPattern("[-+=.]")
                .doesNotContainIgnoringCase("q"));
    }
}
