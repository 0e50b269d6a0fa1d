package org.incidentorchestrator.runbook;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.incidentorchestrator.runbook.rules.Model;
import org.junit.jupiter.api.Test;

/**
 * No two incident runbooks do the same: what each does, in the order in which a token comes by it, is its own. A runbook
 * that is another one under a new name tells a responder a difference that there is not.
 */
class StepSequenceTest {
    private static final Path FIXTURES = Path.of("src/test/resources/step-sequences");

    @Test
    void no_two_incident_runbooks_have_the_same_sequence_of_step_names() {
        List<Model> runbooks = ProjectModels.models().stream()
                .filter(model -> model.path().startsWith("processes/runbooks"))
                .toList();
        assertThat(runbooks).hasSizeGreaterThan(10);
        assertThat(alike(runbooks)).isEmpty();
    }

    @Test
    void a_runbook_that_differs_in_its_words_alone_is_found() {
        assertThat(alike(fixtures("one", "renamed", "other-order")))
                .containsExactly(List.of("one.bpmn", "renamed.bpmn"));
    }

    @Test
    void the_sequence_is_that_of_the_flow_and_not_that_of_the_file() {
        assertThat(sequence(fixtures("one").get(0))).containsExactly("capture-evidence", "steps.readUsage", "steps.x");
        assertThat(sequence(fixtures("other-order").get(0)))
                .containsExactly("steps.readUsage", "capture-evidence", "steps.x");
    }

    private static Collection<List<String>> alike(List<Model> models) {
        return models.stream()
                .collect(groupingBy(StepSequenceTest::sequence, mapping(Model::file, toList())))
                .values()
                .stream()
                .filter(same -> same.size() > 1)
                .toList();
    }

    /** The steps that it calls or proposes and the parts that it calls, as a token comes by them first. */
    private static List<String> sequence(Model model) {
        Set<FlowNode> seen = new LinkedHashSet<>();
        Deque<FlowNode> next = new ArrayDeque<>(model.all(StartEvent.class)
                .filter(start -> !(start.getParentElement() instanceof SubProcess))
                .toList());
        while (!next.isEmpty()) {
            FlowNode node = next.pop();
            if (seen.add(node)) {
                model.next(node).forEach(next::add);
            }
        }
        return seen.stream().flatMap(StepSequenceTest::does).toList();
    }

    private static Stream<String> does(FlowNode node) {
        if (node instanceof CallActivity call) {
            return Stream.of(call.getCalledElement());
        }
        return node instanceof ServiceTask task
                ? Stream.of(Model.attribute(task, "delegateExpression").replaceAll("[${}]", ""))
                : Stream.empty();
    }

    private static List<Model> fixtures(String... names) {
        return Stream.of(names)
                .map(name -> Model.read(FIXTURES.resolve(name + ".bpmn")))
                .toList();
    }
}
