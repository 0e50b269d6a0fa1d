package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ListsTest {
    private final Lists lists = new Lists();

    @Test
    void names_are_told_apart_by_commas() {
        assertThat(lists.of("a-tls, b-tls,c-tls")).containsExactly("a-tls", "b-tls", "c-tls");
    }

    @Test
    void of_nothing_there_is_nothing_to_do() {
        assertThat(lists.of("")).isEmpty();
        assertThat(lists.of(" , ")).isEmpty();
        assertThat(lists.of(null)).isEmpty();
    }
}
