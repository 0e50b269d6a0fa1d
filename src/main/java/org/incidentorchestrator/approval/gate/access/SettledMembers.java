package org.incidentorchestrator.approval.gate.access;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.incidentorchestrator.evidence.Entry;
import org.incidentorchestrator.evidence.EvidenceLog;
import org.springframework.stereotype.Component;

/** Brings the members of closed groups to what the settings say, at every start, and records each that came or went. */
@Component
public class SettledMembers {
    private final IdentityService identities;
    private final ConfiguredMembers members;
    private final EvidenceLog evidence;

    SettledMembers(IdentityService identities, ConfiguredMembers members, EvidenceLog evidence) {
        this.identities = identities;
        this.members = members;
        this.evidence = evidence;
    }

    /** Of accounts and groups that are there; inside of {@link ConfiguredMembers#whileSettling}. */
    public void settle() {
        members.groups().forEach(this::settle);
    }

    private void settle(String group) {
        Set<String> wanted = members.of(group);
        Set<String> present = new LinkedHashSet<>();
        identities.createUserQuery().memberOfGroup(group).list().stream()
                .map(User::getId)
                .forEach(present::add);
        present.stream().filter(person -> !wanted.contains(person)).forEach(person -> {
            identities.deleteMembership(person, group);
            record(person, group, "left", "is no more a member of");
        });
        wanted.stream().filter(person -> !present.contains(person)).forEach(person -> {
            identities.createMembership(person, group);
            record(person, group, "joined", "is a member of");
        });
    }

    private void record(String person, String group, String change, String words) {
        evidence.append(new Entry(
                Entry.Kind.MEMBERSHIP_CHANGED,
                Optional.empty(),
                Entry.SELF,
                "",
                "%s %s %s, by the settings".formatted(person, words, group),
                Map.of("person", person, "group", group, "change", change)));
    }
}
