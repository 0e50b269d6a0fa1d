package org.incidentorchestrator.runbook;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.incidentorchestrator.runbook.rules.Known;
import org.incidentorchestrator.runbook.rules.ModelRule;
import org.incidentorchestrator.runbook.rules.ModelRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/**
 * Whatever a model of a kept release names is still there in the program of today: a step with its inputs, outputs and
 * errors, a word of a bean, a message, an answer of a form. What is in its own deployment (forms, decisions, called parts)
 * stays with it.
 */
class ReleasedModelsProcessTest extends RunbookScenario {
    /** What holds for a model as long as an incident may run on it; the others are for whoever draws one. */
    private static final Set<String> OF_WHAT_IT_CALLS =
            Set.of("service-task-binds-to-bean", "step-exists", "codes-are-caught", "expressions-reach-few-beans");

    @Autowired
    private ApplicationContext program;

    static Stream<Release> kept() {
        return Release.kept().stream();
    }

    @ParameterizedTest
    @MethodSource("kept")
    void what_a_released_model_names_is_still_there(Release release) {
        assertThat(names(beans()).missing(ProjectModels.known(release.reading())))
                .as("incidents that release %s opened run on its models: they cannot be changed", release.version())
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("kept")
    void what_a_released_model_calls_takes_and_gives_what_it_did(Release release) {
        Known known = ProjectModels.known(release.reading());
        assertThat(known.models().stream()
                        .flatMap(model -> rules().flatMap(rule -> rule.check(model, known)))
                        .map(Object::toString))
                .as(
                        "incidents that release %s opened run on its models: they cannot be changed; keep the old step, input,"
                                + " output or error beside the new one",
                        release.version())
                .isEmpty();
    }

    @Test
    void a_word_that_was_renamed_is_named_with_what_to_do() {
        Map<String, Object> renamed = beans();
        renamed.put("timers", List.of());
        renamed.put("incidents", Map.of("checkTheHold", "renamed"));
        String sources = "\"incident.alertIsOver\"";
        assertThat(new ReleasedNames(renamed, sources)
                        .missing(ProjectModels.known(Release.newest().reading())))
                .contains(
                        "await-rollout.bpmn asks for ${timers.rolloutPoll}: keep that name beside the new one",
                        "page-responders.bpmn asks for ${timers.escalateAt(incident, 2)}: keep that name beside the new one",
                        "begin-maintenance.bpmn asks for ${incidents.readCalendar}: keep that name beside the new one",
                        "decide-change.bpmn waits for the message incident.alertResolved: send it as well, beside the new one");
    }

    private static Stream<ModelRule> rules() {
        return ModelRules.ALL.stream().filter(rule -> OF_WHAT_IT_CALLS.contains(rule.id()));
    }

    private static ReleasedNames names(Map<String, Object> beans) {
        return ReleasedNames.of(beans);
    }

    private Map<String, Object> beans() {
        return new HashMap<>(program.getBeansWithAnnotation(ForModels.class).values().stream()
                .collect(toMap(
                        bean -> bean.getClass().getAnnotation(ForModels.class).value(), bean -> bean)));
    }
}
