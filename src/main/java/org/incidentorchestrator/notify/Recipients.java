package org.incidentorchestrator.notify;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
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
    private final Clock clock;

    @Autowired
    Recipients(OnCall onCall, Clock clock) {
        this(onCall::of, clock);
    }

    Recipients(BiFunction<String, Instant, List<Contact>> onCall, Clock clock) {
        this.onCall = onCall;
        this.clock = clock;
    }

    /** @param level 1 to 4, 5 for everybody */
    static List<String> groupsOf(int level) {
        return level > LEVELS ? groupsUpTo(LEVELS) : List.of("l" + level);
    }

    static List<String> groupsUpTo(int level) {
        return IntStream.rangeClosed(1, Math.min(level, LEVELS))
                .mapToObj(each -> "l" + each)
                .toList();
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
