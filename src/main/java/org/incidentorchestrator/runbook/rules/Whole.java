package org.incidentorchestrator.runbook.rules;

import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.BaseElement;
import org.camunda.bpm.model.bpmn.instance.BoundaryEvent;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.Error;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.Message;
import org.camunda.bpm.model.bpmn.instance.Process;

/** What a model has to have before a rule can be asked of it: a drawing that was begun, or a file that was written by hand, may not. */
final class Whole {
    private final Model model;

    private Whole(Model model) {
        this.model = model;
    }

    /** What is missing; empty when nothing is. */
    static Stream<Violation> missing(Model model) {
        var whole = new Whole(model);
        return Stream.of(whole.process(), whole.ids(), whole.borders(), whole.calls())
                .flatMap(missing -> missing);
    }

    private Stream<Violation> process() {
        return model.all(Process.class).findAny().isPresent()
                ? Stream.empty()
                : Stream.of(violation(model.file(), "draw a process in it"));
    }

    private Stream<Violation> ids() {
        return Stream.<Class<? extends BaseElement>>of(FlowElement.class, Message.class, Error.class)
                .flatMap(model::all)
                .filter(element -> element.getId() == null)
                .map(element -> violation(element.getElementType().getTypeName(), "give it an id"));
    }

    private Stream<Violation> borders() {
        return model.all(BoundaryEvent.class)
                .filter(event -> event.getAttachedTo() == null)
                .map(event -> violation(event.getId(), "put it at the border of a task that is there"));
    }

    private Stream<Violation> calls() {
        return model.all(CallActivity.class)
                .filter(call -> call.getCalledElement() == null)
                .map(call -> violation(call.getId(), "name the part that it calls: calledElement"));
    }

    private Violation violation(String element, String remedy) {
        return new Violation(model.file(), String.valueOf(element), "is-whole", remedy);
    }
}
