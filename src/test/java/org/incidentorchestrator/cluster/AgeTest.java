package org.incidentorchestrator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AgeTest {
    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource({
        "PT0S, 0s", "PT119S, 119s", "PT2M, 2m", "PT7M12S, 7m12s", "PT10M5S, 10m", "PT179M, 179m", "PT3H, 3h",
        "PT7H59M, 7h59m", "PT47H, 47h", "PT49H, 2d1h", "P8D, 8d", "P729D, 729d", "P731D, 2y1d", "P3000D, 8y",
        "PT-1S, 0s", "PT-1M, <invalid>"
    })
    void an_age_is_as_long_as_the_column_allows(Duration age, String text) {
        assertThat(Age.of(age)).isEqualTo(text);
    }

    @Test
    void what_has_no_time_has_no_age() {
        assertThat(Age.of(Optional.empty(), Instant.EPOCH)).isEqualTo("<unknown>");
    }
}
