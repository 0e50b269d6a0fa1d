package org.incidentorchestrator.runbook.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.ExclusiveGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.ParallelGateway;
import org.camunda.bpm.model.bpmn.instance.SequenceFlow;

/**
 * Along which sequence flows the tokens of an instance went. The engine does not write that down, so it is concluded. What
 * was left and has one way out, or leads everywhere at once, was left along that. Whatever was reached, was reached from
 * where a token left last before, of all that leads there: a token goes one way from a choice, and once each way from
 * anything else. An event at the boundary of something is reached along no flow, and neither is a start. Where several ways
 * lead from one choice to the same place, one of them was taken, and it is not said which.
 */
final class PathTaken {
    private final BpmnModelInstance model;
    private final List<Pass> passes;
    private final Map<String, List<Integer>> at = new HashMap<>();
    private final Set<Object> departed = new HashSet<>();
    private final Set<String> flows = new LinkedHashSet<>();
    private final Set<List<String>> oneOf = new LinkedHashSet<>();

    private PathTaken(BpmnModelInstance model, List<Pass> passes) {
        this.model = model;
        this.passes = passes;
        for (int pass = 0; pass < passes.size(); pass++) {
            at.computeIfAbsent(passes.get(pass).element(), element -> new ArrayList<>())
                    .add(pass);
        }
    }

    /** A token that left a pass along a flow. */
    private record Departure(int pass, SequenceFlow flow) {}

    /** @param oneOf of each of these lists at least one was taken */
    record Taken(Set<String> flows, Set<List<String>> oneOf) {
        static final Taken NONE = new Taken(Set.of(), Set.of());
    }

    /** @param passes all of one instance, in order @return ids of sequence flows */
    static Taken of(BpmnModelInstance model, List<Pass> passes) {
        var path = new PathTaken(model, reachable(passes));
        IntStream.range(0, path.passes.size()).forEach(path::arrive);
        path.passes.forEach(path::leave);
        return new Taken(path.flows, path.oneOf);
    }

    /** Of an element that is done for each of many, what lies around all of them is reached and left. */
    private static List<Pass> reachable(List<Pass> passes) {
        Set<String> around = passes.stream().filter(Pass::around).map(Pass::id).collect(Collectors.toSet());
        return passes.stream().filter(pass -> !around.contains(pass.scope())).toList();
    }

    private void arrive(int arrival) {
        node(passes.get(arrival)).stream()
                .flatMap(node -> node.getIncoming().stream())
                .flatMap(flow -> departures(flow, arrival))
                .max(Comparator.<Departure, Boolean>comparing(departure -> departure.pass() < arrival)
                        .thenComparing(departure -> passes.get(departure.pass()).endedAt())
                        .thenComparing(Departure::pass))
                .ifPresent(this::depart);
    }

    private void depart(Departure departure) {
        departed.add(token(departure));
        FlowNode from = departure.flow().getSource();
        List<String> alike = from.getOutgoing().stream()
                .filter(flow -> flow.getTarget().equals(departure.flow().getTarget()))
                .map(SequenceFlow::getId)
                .toList();
        if (alike.size() > 1 && choice(from)) {
            oneOf.add(alike);
        } else {
            flows.add(departure.flow().getId());
        }
    }

    private Stream<Departure> departures(SequenceFlow flow, int arrival) {
        return at.getOrDefault(flow.getSource().getId(), List.of()).stream()
                .filter(pass -> pass != arrival && leads(passes.get(pass), passes.get(arrival)))
                .map(pass -> new Departure(pass, flow))
                .filter(departure -> !departed.contains(token(departure)));
    }

    private boolean leads(Pass from, Pass to) {
        return from.endedBy(to.startedAt())
                && from.state() == Pass.State.COMPLETED
                && (to.scope() == null || to.scope().equals(from.scope()));
    }

    private static Object token(Departure departure) {
        return choice(departure.flow().getSource()) ? departure.pass() : departure;
    }

    private static boolean choice(FlowNode node) {
        return node instanceof ExclusiveGateway || node instanceof EventBasedGateway;
    }

    private void leave(Pass pass) {
        node(pass)
                .filter(node -> pass.state() == Pass.State.COMPLETED)
                .map(FlowNode::getOutgoing)
                .filter(out -> out.size() == 1 || node(pass).orElseThrow() instanceof ParallelGateway)
                .ifPresent(out -> out.forEach(flow -> flows.add(flow.getId())));
    }

    private Optional<FlowNode> node(Pass pass) {
        return Optional.ofNullable(model.getModelElementById(pass.element()))
                .filter(FlowNode.class::isInstance)
                .map(FlowNode.class::cast);
    }
}
