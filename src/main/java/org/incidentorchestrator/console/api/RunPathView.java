package org.incidentorchestrator.console.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.incidentorchestrator.console.api.RunView.InstanceView;
import org.incidentorchestrator.evidence.Entry;
import org.incidentorchestrator.evidence.Recorded;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.runbook.history.RunPath;
import org.incidentorchestrator.runbook.history.RunPath.Visit;

/**
 * What an instance passed.
 *
 * @param elements in the order in which they were first reached
 * @param flows ids of the sequence flows that were taken
 * @param oneOf of each of these lists at least one flow was taken, and nothing says which; left out for none
 * @param diagram the BPMN of the version that ran; left out where the engine no longer has it
 */
record RunPathView(
        InstanceView instance,
        List<ElementView> elements,
        Collection<String> flows,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Collection<List<String>> oneOf,
        String diagram) {

    /** @param element its id in the model @param name its label @param type as BPMN spells it */
    record ElementView(String element, String name, String type, List<PassView> passes) {}

    /**
     * @param state completed, cancelled, running or failed
     * @param actor whose deed it was: a user id, or {@code incident-orchestrator}
     * @param outcome the record's word: looked, proposed, applied, rehearsed, refused, failed, unknown, decided …
     * @param summary the record's sentence @param kubectl what does the same by hand
     * @param entry the timeline's entry that says so
     * @param called the instance that was called
     * @param event what the event is called that ended it: the one that came of those that were waited for, or one that
     *     interrupted it; left out where none did
     */
    record PassView(
            String state,
            Instant startedAt,
            Instant endedAt,
            String actor,
            String outcome,
            String summary,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> kubectl,
            Long entry,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<TimelinePage.Link> evidence,
            String called,
            String event) {
        /** @param names of the elements, by their ids */
        static PassView of(IncidentNumber incident, Visit visit, Map<String, String> names) {
            Optional<Recorded> telling = telling(visit.entries());
            return new PassView(
                    IncidentView.word(visit.pass().state()),
                    visit.pass().startedAt(),
                    visit.pass().endedAt(),
                    telling.map(Recorded::actor).orElse(visit.pass().assignee()),
                    telling.map(entry -> outcome(entry.kind())).orElse(null),
                    telling.map(Recorded::summary).orElse(null),
                    telling.map(Recorded::kubectl).orElse(List.of()),
                    telling.map(Recorded::id).orElse(null),
                    visit.entries().stream()
                            .flatMap(entry -> entry.artefacts().stream())
                            .map(kept -> TimelinePage.link(incident, kept))
                            .toList(),
                    visit.pass().called(),
                    visit.pass().event() == null
                            ? null
                            : names.getOrDefault(
                                    visit.pass().event(), visit.pass().event()));
        }

        /** What came of it is said last; that something is about to be done says nothing once it was. */
        private static Optional<Recorded> telling(List<Recorded> entries) {
            return entries.stream()
                    .filter(entry -> entry.kind() != Entry.Kind.STEP_INTENT)
                    .reduce((earlier, later) -> later)
                    .or(() -> entries.stream().findFirst());
        }

        /** {@code STEP_APPLIED} as {@code applied}. */
        private static String outcome(Entry.Kind kind) {
            String word = IncidentView.word(kind);
            return word.startsWith("step") ? word.substring(4).toLowerCase(Locale.ROOT) : word;
        }
    }

    static RunPathView of(IncidentNumber incident, RunPath path) {
        Map<String, String> names = path.elements().stream()
                .filter(element -> element.name() != null)
                .collect(Collectors.toMap(RunPath.Element::id, RunPath.Element::name));
        return new RunPathView(
                InstanceView.of(path.instance()),
                path.elements().stream()
                        .map(element -> new ElementView(
                                element.id(),
                                element.name(),
                                element.type(),
                                element.visits().stream()
                                        .map(visit -> PassView.of(incident, visit, names))
                                        .toList()))
                        .toList(),
                path.flows(),
                path.oneOf(),
                path.diagram().orElse(null));
    }
}
