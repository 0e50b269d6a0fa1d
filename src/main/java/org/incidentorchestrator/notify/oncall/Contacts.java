package org.incidentorchestrator.notify.oncall;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.incidentorchestrator.notify.oncall.Contact.Address;

/** The contacts of a file by their names, read with every fault told. */
final class Contacts {
    private final Map<String, Contact> byName = new LinkedHashMap<>();
    private final BiFunction<String, String, Optional<String>> refusal;

    private Contacts(BiFunction<String, String, Optional<String>> refusal) {
        this.refusal = refusal;
    }

    /** @param refusal why nothing could be sent by this channel to this address; nothing when it can be */
    static Contacts read(Optional<YamlPart> part, BiFunction<String, String, Optional<String>> refusal) {
        Contacts contacts = new Contacts(refusal);
        part.ifPresent(all -> all.list().forEach(contacts::add));
        return contacts;
    }

    /** The contact that this part names, which has to be one of the file. */
    Optional<Contact> named(YamlPart part) {
        return part.text().flatMap(name -> Optional.ofNullable(byName.get(name))
                .or(() -> part.fault(
                        "'%s' is none of the contacts; correct the name, or add the contact".formatted(name))));
    }

    private void add(YamlPart part) {
        Map<String, YamlPart> parts = part.map(Set.of("name", "user", "addresses"));
        if (!parts.containsKey("name")) {
            part.fault("has no name; people are told by it who was paged");
            return;
        }
        List<Address> addresses = new ArrayList<>();
        Optional.ofNullable(parts.get("addresses"))
                .ifPresent(list -> list.list().forEach(one -> address(one).ifPresent(addresses::add)));
        Optional<String> user = Optional.ofNullable(parts.get("user")).flatMap(YamlPart::text);
        parts.get("name").text().ifPresent(name -> {
            if (byName.putIfAbsent(name, new Contact(name, user, addresses)) != null) {
                part.fault("'%s' is there twice; give each contact a name of its own".formatted(name));
            }
        });
    }

    /** {@code - mail: platform-team@company.com} */
    private Optional<Address> address(YamlPart part) {
        Map<String, YamlPart> channel = part.map();
        if (channel.size() != 1) {
            return part.fault("has to be one channel and where it leads, as in 'mail: alice@example.org'");
        }
        var only = channel.entrySet().iterator().next();
        YamlPart to = only.getValue();
        return to.text().flatMap(text -> refusal.apply(only.getKey(), text)
                .map(to::<Address>fault)
                .orElse(Optional.of(new Address(only.getKey(), text))));
    }
}
