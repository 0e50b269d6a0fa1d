package org.incidentorchestrator.notify;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.incidentorchestrator.notify.oncall.Contact;
import org.incidentorchestrator.notify.oncall.OnCall;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Who is to be told now: each contact of some groups once. */
@Component
final class Recipients {
    /** Of the ladder; the level after it is everybody. */
    private static final int LEVELS = 4;

    private final BiFunction<String, Instant, List<Contact>> onCall;
    private final Supplier<List<Contact>> everybody;
    private final Clock clock;

    @Autowired
    Recipients(OnCall onCall, Clock clock) {
        this(onCall::of, onCall::everybody, clock);
    }

    /** @param everybody whoever is on call at some time */
    Recipients(BiFunction<String, Instant, List<Contact>> onCall, Supplier<List<Contact>> everybody, Clock clock) {
        this.onCall = onCall;
        this.everybody = everybody;
        this.clock = clock;
    }

    /** @param level 1 to 4, 5 for everybody */
    static List<String> groupsOf(int level) {
        return level <= LEVELS
                ? List.of("l" + level)
                : IntStream.rangeClosed(1, LEVELS).mapToObj(each -> "l" + each).toList();
    }

    /** These persons; the groups too when one of them cannot be reached, or when there are none. @param persons user ids */
    List<Contact> of(Set<String> persons, Set<String> groups) {
        Map<String, Contact> each = new LinkedHashMap<>();
        Set<String> reached = new HashSet<>();
        everybody.get().stream()
                .filter(contact -> contact.user().filter(persons::contains).isPresent())
                .filter(contact -> !contact.addresses().isEmpty())
                .forEach(contact -> {
                    reached.add(contact.user().orElseThrow());
                    each.putIfAbsent(contact.name(), contact);
                });
        if (persons.isEmpty() || !reached.containsAll(persons)) {
            of(groups.stream().sorted().toList()).forEach(contact -> each.putIfAbsent(contact.name(), contact));
        }
        return List.copyOf(each.values());
    }

    /** Those of them that have an address, in the order of the groups. */
    List<Contact> of(Collection<String> groups) {
        Map<String, Contact> each = new LinkedHashMap<>();
        for (String group : groups) {
            onCall.apply(group, clock.instant()).stream()
                    .filter(contact -> !contact.addresses().isEmpty())
                    .forEach(contact -> each.putIfAbsent(contact.name(), contact));
        }
        return List.copyOf(each.values());
    }
}
