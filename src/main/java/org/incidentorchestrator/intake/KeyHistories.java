package org.incidentorchestrator.intake;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.incidentorchestrator.incident.Episodes;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentKey;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.intake.Letter.Delivery;
import org.springframework.stereotype.Component;

/** Reads what is known of some keys, in few statements however many alerts there are. */
@Component
final class KeyHistories {
    private final Incidents incidents;
    private final Episodes episodes;
    private final ReopenSettings settings;

    KeyHistories(Incidents incidents, Episodes episodes, ReopenSettings settings) {
        this.incidents = incidents;
        this.episodes = episodes;
        this.settings = settings;
    }

    /**
     * The open incidents' rows stay locked until the caller's transaction ends: none of them is closed while an alert is
     * attached to it. In one order everywhere, so that two programs wait for each other and never in a circle.
     */
    SortedMap<IncidentKey, KeyHistory> lock(List<Delivery> deliveries) {
        return read(deliveries, incidents::lockOpen);
    }

    /** The same without locks: holds up nobody. */
    SortedMap<IncidentKey, KeyHistory> look(List<Delivery> deliveries) {
        return read(deliveries, incidents::findOpen);
    }

    private SortedMap<IncidentKey, KeyHistory> read(
            List<Delivery> deliveries, Function<Collection<IncidentKey>, List<Incident>> open) {
        Map<IncidentKey, Incident> known =
                known(deliveries.stream().map(Delivery::key).collect(Collectors.toSet()), open);
        SortedMap<IncidentKey, KeyHistory> histories = new TreeMap<>(Comparator.comparing(IncidentKey::text));
        deliveries.forEach(
                delivery -> histories.computeIfAbsent(delivery.key(), key -> new KeyHistory(known.get(key), settings)));
        readAlerts(deliveries, histories);
        readFiring(deliveries, known, histories);
        return histories;
    }

    /** The open incident of each key, else the one closed last. Read before anything is written: no number is wasted. */
    private Map<IncidentKey, Incident> known(
            Collection<IncidentKey> keys, Function<Collection<IncidentKey>, List<Incident>> open) {
        Map<IncidentKey, Incident> known = new HashMap<>();
        open.apply(keys).forEach(incident -> known.put(incident.key(), incident));
        for (IncidentKey key : keys) {
            if (!known.containsKey(key)) {
                incidents.findLatest(key).ifPresent(latest -> known.put(key, latest));
            }
        }
        return known;
    }

    private void readAlerts(List<Delivery> deliveries, Map<IncidentKey, KeyHistory> histories) {
        Map<String, IncidentKey> keyOf = new HashMap<>();
        deliveries.forEach(
                delivery -> delivery.alerts().forEach(alert -> keyOf.put(alert.fingerprint(), delivery.key())));
        episodes.find(keyOf.keySet())
                .forEach(kept ->
                        histories.get(keyOf.get(kept.episode().fingerprint())).know(kept));
    }

    /** Only a resolve asks what else fires; in a storm of alerts each would read all that came before. */
    private void readFiring(
            List<Delivery> deliveries, Map<IncidentKey, Incident> known, Map<IncidentKey, KeyHistory> histories) {
        Map<IncidentNumber, IncidentKey> asked = deliveries.stream()
                .filter(Delivery::resolves)
                .map(Delivery::key)
                .distinct()
                .filter(known::containsKey)
                .collect(Collectors.toMap(key -> known.get(key).number(), key -> key));
        episodes.firing(asked.keySet())
                .forEach(kept ->
                        histories.get(asked.get(kept.incident().orElseThrow())).know(kept));
    }
}
