package org.incidentorchestrator.step.verb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import org.incidentorchestrator.step.StepFacts;
import org.junit.jupiter.api.Test;

class VocabularyTest {
    @Test
    void it_knows_of_every_verb_what_the_verb_itself_says() {
        assertThat(Vocabulary.facts().values())
                .containsExactlyInAnyOrderElementsOf(
                        Verbs.all().stream().map(StepFacts::of).collect(Collectors.toSet()));
    }
}
