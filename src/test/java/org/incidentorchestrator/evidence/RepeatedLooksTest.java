package org.incidentorchestrator.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import org.incidentorchestrator.evidence.Entry.Kind;
import org.incidentorchestrator.incident.IncidentNumber;
import org.junit.jupiter.api.Test;

class RepeatedLooksTest {
    private static final IncidentNumber FIRST = new IncidentNumber(1);

    private final RepeatedLooks looks = new RepeatedLooks();

    @Test
    void a_look_that_saw_the_same_again_is_no_news() {
        assertThat(looks.news(look(FIRST, "checkRecovery", "0 of 2 are ready"))).isTrue();
        assertThat(looks.news(look(FIRST, "checkRecovery", "0 of 2 are ready"))).isFalse();
        assertThat(looks.news(look(FIRST, "checkRecovery", "1 of 2 are ready"))).isTrue();
        assertThat(looks.news(look(FIRST, "checkRecovery", "0 of 2 are ready"))).isTrue();
    }

    @Test
    void another_step_and_another_incident_have_news_of_their_own() {
        assertThat(looks.news(look(FIRST, "checkRecovery", "0 of 2 are ready"))).isTrue();
        assertThat(looks.news(look(FIRST, "checkRollout", "0 of 2 are ready"))).isTrue();
        assertThat(looks.news(look(new IncidentNumber(2), "checkRecovery", "0 of 2 are ready")))
                .isTrue();
    }

    @Test
    void what_is_done_or_decided_is_news_each_time() {
        Entry page = Entry.of(Kind.PAGED, FIRST, Entry.SELF, "paged everybody");
        assertThat(looks.news(page)).isTrue();
        assertThat(looks.news(page)).isTrue();
    }

    private static Entry look(IncidentNumber incident, String step, String seen) {
        return Entry.of(Kind.STEP_LOOKED, incident, Entry.SELF, seen).at(step);
    }
}
