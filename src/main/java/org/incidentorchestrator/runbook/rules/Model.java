package org.incidentorchestrator.runbook.rules;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.EndEvent;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.Process;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.camunda.bpm.model.xml.ModelParseException;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;

/**
 * A process model as the rules read it.
 *
 * @param path where it lies; of one in the program's jar its name there, {@code processes/parts/await-rollout.bpmn}
 * @param text its file
 * @param elements all that is in it
 */
public record Model(Path path, String text, Elements elements) {
    public static Model read(Path path) {
        try {
            return read(path, Files.readString(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @throws ModelParseException when the text is no BPMN */
    public static Model read(Path path, String text) {
        return new Model(
                path,
                text,
                new Elements(
                        Bpmn.readModelFromStream(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))));
    }

    public String file() {
        return path.getFileName().toString();
    }

    public String key() {
        return all(Process.class).map(Process::getId).findFirst().orElse("");
    }

    public <T extends ModelElementInstance> Stream<T> all(Class<T> type) {
        return elements.of(type).stream();
    }

    public Violation violation(ModelRule rule, BaseElement element, String remedy) {
        return new Violation(file(), element.getId(), rule.id(), remedy);
    }

    public Violation violation(ModelRule rule, String remedy) {
        return new Violation(file(), key(), rule.id(), remedy);
    }

    public List<SequenceFlow> out(FlowNode node) {
        return all(SequenceFlow.class)
                .filter(flow -> flow.getSource() == node || flow.getSource().equals(node))
                .toList();
    }

    public List<SequenceFlow> in(FlowNode node) {
        return all(SequenceFlow.class)
                .filter(flow -> flow.getTarget().equals(node))
                .toList();
    }

    public Stream<BoundaryEvent> boundaries(FlowNode node) {
        return all(BoundaryEvent.class).filter(event -> node.equals(event.getAttachedTo()));
    }

    /** Where a token may go next; into a subprocess by its start, out of it by its ends and what catches their errors. */
    public Stream<FlowNode> next(FlowNode node) {
        Stream<FlowNode> after = Stream.concat(
                out(node).stream().map(SequenceFlow::getTarget),
                boundaries(node).map(FlowNode.class::cast));
        if (node instanceof SubProcess inside) {
            return Stream.concat(
                    inside.getChildElementsByType(StartEvent.class).stream(),
                    boundaries(node).map(FlowNode.class::cast));
        }
        if (node instanceof EndEvent end && node.getParentElement() instanceof SubProcess around) {
            return Ends.error(end)
                    .map(error -> Ends.catching(this, error, around))
                    .orElseGet(() -> out(around).stream().map(SequenceFlow::getTarget));
        }
        return after;
    }

    /** The ids of the runbook's lines that an element says it carries out. */
    public static List<String> obligations(BaseElement element) {
        return Extensions.obligations(element);
    }

    /** A {@code camunda:} attribute; empty when it is not there. */
    public static String attribute(BaseElement element, String name) {
        return Extensions.attribute(element, name);
    }

    /** Whether it is an end of this outcome; two of one differ by a suffix, see {@link ElementId}. */
    static boolean endsAs(String outcome, FlowNode node) {
        return node instanceof EndEvent && node.getId().matches("endEvent_" + outcome + "(_[a-zA-Z0-9]+)?");
    }

    boolean isPart() {
        return path().toString().contains("parts");
    }

    /** The start events of the process itself. */
    List<FlowNode> starts() {
        return all(StartEvent.class)
                .filter(start -> start.getParentElement() instanceof Process)
                .map(FlowNode.class::cast)
                .toList();
    }

    /** The subprocesses around a node, the nearest first. */
    public static Stream<SubProcess> around(FlowNode node) {
        return Stream.iterate(node.getParentElement(), parent -> parent != null, ModelElementInstance::getParentElement)
                .filter(SubProcess.class::isInstance)
                .map(SubProcess.class::cast);
    }
}
