package org.incidentorchestrator.runbook.history;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.incidentorchestrator.evidence.Recorded;
import org.incidentorchestrator.evidence.Timeline;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.runbook.history.PathTaken.Taken;
import org.incidentorchestrator.runbook.history.RanModels.RanModel;
import org.incidentorchestrator.runbook.history.RunPath.Element;
import org.incidentorchestrator.runbook.history.RunPath.Visit;
import org.springframework.stereotype.Component;

/** How an incident's processes ran, those that run and those that have ended, for as long as the engine keeps its history. */
@Component
public final class RunHistory {
    private final RunInstances instances;
    private final Passes passes;
    private final Timeline timeline;
    private final RanModels models;

    RunHistory(RunInstances instances, Passes passes, Timeline timeline, RanModels models) {
        this.instances = instances;
        this.passes = passes;
        this.timeline = timeline;
        this.models = models;
    }

    /** Empty when there is no such incident. */
    public Optional<Ran> of(IncidentNumber incident) {
        return instances.of(incident);
    }

    /** Empty when the incident has no such instance. */
    public Optional<RunPath> path(IncidentNumber incident, String instance) {
        return instances.find(incident, instance).map(found -> path(incident, found));
    }

    private RunPath path(IncidentNumber incident, RunInstance instance) {
        Optional<RanModel> ran =
                Optional.of(instance).filter(RunHistory::hasModel).map(found -> models.of(found.definition()));
        Optional<BpmnModelInstance> model = ran.map(RanModel::elements);
        List<Pass> written = passes.of(instance);
        List<Pass> passed = model.map(drawn -> EndedByEvents.in(drawn, written)).orElse(written);
        Set<String> elements = passed.stream().map(Pass::element).collect(Collectors.toSet());
        Map<Pass, List<Recorded>> entries = PassEntries.of(instance, passed, timeline.at(incident, elements));
        Taken taken = model.map(drawn -> PathTaken.of(drawn, passed)).orElse(Taken.NONE);
        return new RunPath(
                instance, elements(passed, entries, model), taken.flows(), taken.oneOf(), ran.map(RanModel::xml));
    }

    /** What lies around many passes of one element says nothing that they do not. */
    private static List<Element> elements(
            List<Pass> passed, Map<Pass, List<Recorded>> entries, Optional<BpmnModelInstance> model) {
        Map<String, List<Visit>> visits = passed.stream()
                .filter(pass -> !pass.around())
                .collect(Collectors.groupingBy(
                        Pass::element,
                        LinkedHashMap::new,
                        Collectors.mapping(
                                pass -> new Visit(pass, entries.getOrDefault(pass, List.of())), Collectors.toList())));
        return visits.entrySet().stream()
                .map(one -> element(one.getKey(), one.getValue(), model))
                .toList();
    }

    private static Element element(String id, List<Visit> visits, Optional<BpmnModelInstance> model) {
        Optional<ModelElementInstance> drawn = model.map(it -> it.getModelElementById(id));
        return new Element(
                id,
                drawn.map(it -> it.getAttributeValue("name"))
                        .map(label -> label.replaceAll("\\s+", " "))
                        .orElse(null),
                drawn.map(it -> it.getElementType().getTypeName()).orElse(null),
                visits);
    }

    /** The instance knows its version only where the engine still has it. */
    private static boolean hasModel(RunInstance instance) {
        return instance.version() != null;
    }
}
