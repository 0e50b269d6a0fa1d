package org.incidentorchestrator.notify.oncall;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.incidentorchestrator.notify.oncall.Rotation.HandOver;
import org.incidentorchestrator.notify.oncall.Rotation.Override;

/** Reads who is on call for one group: the same contacts always, or a rotation. */
final class AssignmentReader {
    private static final Set<String> OF_ROTATION = Set.of("zone", "start", "hand-over", "people", "overrides");

    private final Contacts contacts;

    AssignmentReader(Contacts contacts) {
        this.contacts = contacts;
    }

    Optional<Assignment> read(YamlPart group) {
        Map<String, YamlPart> parts = group.map(Set.of("contacts", "rotation"));
        if (parts.size() != 1) {
            return group.fault("has to hold either contacts or a rotation");
        }
        return parts.containsKey("contacts")
                ? always(parts.get("contacts"))
                : rotation(parts.get("rotation")).map(Assignment.Turns::new);
    }

    private Optional<Assignment> always(YamlPart part) {
        List<Contact> named = part.list().stream()
                .flatMap(name -> contacts.named(name).stream())
                .toList();
        return !named.isEmpty()
                        && named.stream()
                                .allMatch(contact -> contact.addresses().isEmpty())
                ? part.fault("none of them has an address: nobody would be told; give one of them an address")
                : Optional.of(new Assignment.Always(named));
    }

    private Optional<Rotation> rotation(YamlPart part) {
        Map<String, YamlPart> parts = part.map(OF_ROTATION);
        List<String> missing = OF_ROTATION.stream()
                .filter(key -> !key.equals("overrides") && !parts.containsKey(key))
                .sorted()
                .toList();
        if (!missing.isEmpty()) {
            return part.fault("lacks " + String.join(", ", missing));
        }
        Optional<ZoneId> zone = parts.get("zone").as(ZoneId::of, "time zone; write one as in Europe/Berlin");
        List<Contact> people = parts.get("people").list().stream()
                .flatMap(name -> person(name).stream())
                .toList();
        Optional<HandOver> handOver = zone.flatMap(
                in -> parts.get("hand-over").as(text -> handOver(text, in), "hand-over; write it as in monday 09:00"));
        Optional<LocalDate> start = handOver.flatMap(at -> start(parts.get("start"), at));
        List<Override> overrides = zone.map(in -> overrides(Optional.ofNullable(parts.get("overrides")), in))
                .orElse(List.of());
        return start.filter(any -> !people.isEmpty())
                .map(date -> new Rotation(date, handOver.orElseThrow(), people, overrides));
    }

    /** In a rotation nobody stands in for who cannot be reached. */
    private Optional<Contact> person(YamlPart name) {
        return contacts.named(name)
                .flatMap(contact -> contact.addresses().isEmpty()
                        ? name.fault("%s has no address: nobody would be told in that time; give one"
                                .formatted(contact.name()))
                        : Optional.of(contact));
    }

    private static HandOver handOver(String text, ZoneId zone) {
        String[] words = text.split("\\s+", 2);
        return new HandOver(DayOfWeek.valueOf(words[0].toUpperCase(Locale.ROOT)), LocalTime.parse(words[1]), zone);
    }

    private static Optional<LocalDate> start(YamlPart part, HandOver handOver) {
        return part.as(LocalDate::parse, "date; write it as in 2026-11-23")
                .flatMap(date -> date.getDayOfWeek() == handOver.day()
                        ? Optional.of(date)
                        : part.fault("%s is a %s, and weeks begin on %s; write the date of a hand-over"
                                .formatted(date, word(date.getDayOfWeek()), word(handOver.day()))));
    }

    private static String word(DayOfWeek day) {
        return day.name().toLowerCase(Locale.ROOT);
    }

    private List<Override> overrides(Optional<YamlPart> part, ZoneId zone) {
        List<Override> all = new ArrayList<>();
        part.ifPresent(list -> list.list().forEach(item -> override(item, zone).ifPresent(one -> {
            if (all.stream().anyMatch(one::overlaps)) {
                item.fault("overlaps another override: it is not clear who is on call; move one of them");
            }
            all.add(one);
        })));
        return all;
    }

    private Optional<Override> override(YamlPart part, ZoneId zone) {
        Map<String, YamlPart> parts = part.map(Set.of("who", "from", "until"));
        if (parts.size() != 3) {
            return part.fault("needs who, from and until");
        }
        Optional<Contact> who = person(parts.get("who"));
        Optional<Instant> from = time(parts.get("from"), zone);
        Optional<Instant> until = time(parts.get("until"), zone);
        if (from.isPresent() && until.isPresent() && !from.get().isBefore(until.get())) {
            return part.fault("ends before it begins");
        }
        return who.flatMap(contact -> from.flatMap(begin -> until.map(end -> new Override(contact, begin, end))));
    }

    /** Local to the rotation, or with an offset. */
    private static Optional<Instant> time(YamlPart part, ZoneId zone) {
        return part.as(
                text -> text.matches(".*(Z|[+-]\\d{2}:\\d{2})")
                        ? OffsetDateTime.parse(text).toInstant()
                        : LocalDateTime.parse(text).atZone(zone).toInstant(),
                "time; write it as in 2026-12-24T09:00 (local) or 2026-12-24T08:00Z");
    }
}
