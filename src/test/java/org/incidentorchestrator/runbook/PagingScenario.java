package org.incidentorchestrator.runbook;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import org.incidentorchestrator.incident.Announcement;
import org.incidentorchestrator.incident.IncidentGivenBack;
import org.incidentorchestrator.incident.LevelPaged;
import org.incidentorchestrator.runbook.PagingScenario.Heard;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.context.event.EventListener;

/** What is said outwards of an incident's paging, as those hear it who tell people. */
@Import(Heard.class)
abstract class PagingScenario extends RunbookScenario {
    static final String RESPOND = "Respond to incident";

    @Autowired
    Heard heard;

    static class Heard {
        private final List<LevelPaged> pages = new ArrayList<>();

        List<LevelPaged> pages() {
            return pages;
        }

        final List<IncidentGivenBack> givenBack = new ArrayList<>();
        final List<Announcement> announced = new ArrayList<>();

        @EventListener
        void paged(LevelPaged page) {
            pages.add(page);
        }

        @EventListener
        void givenBack(IncidentGivenBack given) {
            givenBack.add(given);
        }

        @EventListener
        void announced(Announcement announcement) {
            announced.add(announcement);
        }
    }

    @BeforeEach
    void hearNothingYet() {
        heard.pages.clear();
        heard.givenBack.clear();
        heard.announced.clear();
    }

    /** The levels of the pages since this was asked last, in their order. */
    List<Integer> levelsTold() {
        List<Integer> levels = heard.pages.stream().map(LevelPaged::level).toList();
        heard.pages.clear();
        return levels;
    }

    Date inMinutes(int minutes) {
        return Date.from(now().plus(Duration.ofMinutes(minutes)));
    }

    /** Whoever has the incident answers its task. */
    void responds(String person, String action, Map<String, Object> more) {
        Map<String, Object> answer = new java.util.HashMap<>(Map.of("action", action, "reason", "a reason"));
        answer.putAll(more);
        answers(person, RESPOND, answer);
    }
}
