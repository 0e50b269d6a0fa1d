package org.incidentorchestrator.notify.oncall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.incidentorchestrator.notify.oncall.Contact.Address;
import org.incidentorchestrator.notify.oncall.OnCall.Change;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is on call, when, and by which addresses (runbook K05). */
class RosterFileTest {
    private static final Instant NOW = Instant.parse("2026-11-24T03:00:00Z");
    private static final String CONTACTS =
            """
            contacts:
              - name: Alice
                user: alice
                addresses:
                  - pagerduty: platform
                  - mail: alice@example.org
              - name: Bob
                addresses: [mail: bob@example.org]
              - name: Mute
            """;
    private static final String GROUPS =
            """
            groups:
              l1:
                rotation:
                  zone: Europe/Berlin
                  start: 2026-11-23
                  hand-over: Monday 09:00
                  people: [Alice, Bob]
                  overrides:
                    - {who: Bob, from: 2026-11-25T09:00, until: 2026-11-26T09:00+01:00}
              l2: {contacts: [Alice, Mute]}
              l3: {contacts: [Bob]}
              l4: {contacts: [Bob]}
              approver: {contacts: [Bob]}
            """;

    @TempDir
    Path folder;

    @Test
    void contacts_groups_rotations_and_overrides_are_read() {
        OnCall onCall = read(CONTACTS + GROUPS);

        assertThat(onCall.of("l1", NOW))
                .containsExactly(new Contact(
                        "Alice",
                        Optional.of("alice"),
                        List.of(new Address("pagerduty", "platform"), new Address("mail", "alice@example.org"))));
        assertThat(onCall.at("l1", NOW).until()).hasValue(Instant.parse("2026-11-25T08:00:00Z"));
        assertThat(onCall.at("l1", NOW).next()).extracting(Contact::name).containsExactly("Bob");
        assertThat(onCall.of("l2", NOW)).extracting(Contact::name).containsExactly("Alice", "Mute");
        assertThat(onCall.of("nobody", NOW)).isEmpty();
        assertThat(onCall.warning()).isEmpty();
    }

    @Test
    void the_example_names_the_contacts_of_the_runbook_and_somebody_for_every_level() throws Exception {
        Path example = Path.of("src/deploy/on-call.yml");
        OnCall onCall = OnCall.from(example, (channel, to) -> Optional.empty());

        assertThat(onCall.groups())
                .containsExactly("l1", "l2", "l3", "l4", "approver")
                .allSatisfy(group -> assertThat(onCall.of(group, NOW)).isNotEmpty());
        assertThat(Files.readString(example))
                .contains("platform-team@company.com", "+1-555-ONCALL", "platform-lead@company.com");
    }

    @Test
    void every_fault_is_told_at_once_with_its_line_and_path() {
        String file =
                """
                contacts:
                  - name: Alice
                    adresses: [mail: alice@example.org]
                  - name: Alice
                    addresses: [fax: "123"]
                  - user: nobody
                groups:
                  l1:
                    rotation: {zone: Europe/Berln, start: 2026-11-24, hand-over: monday 09:00, people: [Alice, Eve]}
                  l2:
                    rotation:
                      zone: Europe/Berlin
                      start: 2026-11-24
                      hand-over: monday 9
                      people: [Alice]
                  l3: {contacts: [Alice], rotation: {}}
                  l4: {contacts: [Alice]}
                  l5: {contacts: [Alice]}
                """;

        assertThat(faults(file))
                .containsExactlyInAnyOrder(
                        "line 3, contacts[0].adresses: is not known here; correct it to one of addresses, name, user, or take it away",
                        "line 5, contacts[1].addresses[0].fax: 'fax' is no channel",
                        "line 4, contacts[1]: 'Alice' is there twice; give each contact a name of its own",
                        "line 6, contacts[2]: has no name; people are told by it who was paged",
                        "line 9, groups.l1.rotation.zone: 'Europe/Berln' is no time zone; write one as in Europe/Berlin",
                        "line 9, groups.l1.rotation.people[0]: Alice has no address: nobody would be told in that time; give one",
                        "line 9, groups.l1.rotation.people[1]: 'Eve' is none of the contacts; correct the name, or add the contact",
                        "line 15, groups.l2.rotation.people[0]: Alice has no address: nobody would be told in that time; give one",
                        "line 14, groups.l2.rotation.hand-over: 'monday 9' is no hand-over; write it as in monday 09:00",
                        "line 16, groups.l3: has to hold either contacts or a rotation",
                        "line 17, groups.l4.contacts: none of them has an address: nobody would be told; give one of them an address",
                        "line 18, groups.l5: is not known here; correct it to one of approver, l1, l2, l3, l4, or take it away",
                        "line 1: groups.approver is not there: nobody would be told of its pages; name its contacts");
    }

    @Test
    void a_start_that_is_no_day_of_the_hand_over_and_overrides_that_overlap_are_refused() {
        assertThat(faults(CONTACTS + GROUPS.replace("start: 2026-11-23", "start: 2026-11-24")))
                .singleElement()
                .asString()
                .contains("2026-11-24 is a tuesday, and weeks begin on monday");
        assertThat(
                        faults(
                                CONTACTS
                                        + GROUPS.replace(
                                                "overrides:\n",
                                                "overrides:\n        - {who: Alice, from: 2026-11-26T07:00Z, until: 2026-11-27T09:00}\n")))
                .singleElement()
                .asString()
                .contains("overlaps another override");
        assertThat(faults(CONTACTS + GROUPS.replace("until: 2026-11-26", "until: 2026-11-24")))
                .singleElement()
                .asString()
                .contains("ends before it begins");
    }

    @Test
    void what_is_no_yaml_or_does_more_than_say_things_is_refused() {
        assertThat(faults("")).containsExactly("it is empty; write contacts and groups");
        assertThat(faults("contacts: [")).singleElement().asString().startsWith("line 1: is no YAML");
        assertThat(faults("- a list")).first().asString().contains("has to be of the form 'key: value'");
        assertThat(faults("contacts: !!javax.script.ScriptEngineManager [!!java.net.URL ['http://localhost/']]"))
                .as("no tag constructs anything")
                .first()
                .asString()
                .contains("line 1", "tag is not allowed");
        assertThat(faults("a".repeat(300 * 1024))).singleElement().asString().contains("larger than 256 KiB");
        assertThat(faults("contacts:\n" + "[".repeat(50)))
                .singleElement()
                .asString()
                .contains("is no YAML");
    }

    @Test
    void a_file_that_is_not_there_is_told_with_its_name() {
        Path missing = folder.resolve("missing.yml");
        assertThatThrownBy(() -> OnCall.from(missing, (channel, to) -> Optional.empty()))
                .isInstanceOf(RosterRefused.class)
                .hasMessageContaining(missing.toString())
                .hasMessageContaining("cannot be read");
    }

    @Test
    void a_changed_file_is_taken_without_a_restart() throws Exception {
        OnCall onCall = read(CONTACTS + GROUPS);
        assertThat(onCall.look()).isEqualTo(Change.NONE);

        write(CONTACTS + GROUPS.replace("l3: {contacts: [Bob]}", "l3: {contacts: [Alice]}"));

        assertThat(onCall.look()).isEqualTo(Change.TAKEN);
        assertThat(onCall.of("l3", NOW)).extracting(Contact::name).containsExactly("Alice");
        assertThat(onCall.look()).isEqualTo(Change.NONE);
    }

    @Test
    void a_changed_file_with_faults_leaves_who_was_on_call_and_says_so_until_it_is_corrected() throws Exception {
        OnCall onCall = read(CONTACTS + GROUPS);
        write(CONTACTS + GROUPS.replace("l3: {contacts: [Bob]}", "l3: {contacts: [Eve]}"));

        assertThat(onCall.look()).isEqualTo(Change.REFUSED);
        assertThat(onCall.look()).as("told once").isEqualTo(Change.NONE);
        assertThat(onCall.of("l3", NOW)).extracting(Contact::name).containsExactly("Bob");
        assertThat(onCall.warning()).hasValueSatisfying(warning -> assertThat(warning)
                .contains("'Eve' is none of the contacts", "does not start with it"));

        Files.delete(folder.resolve("on-call.yml"));
        assertThat(onCall.look()).as("another fault").isEqualTo(Change.REFUSED);

        write(CONTACTS + GROUPS);
        assertThat(onCall.look()).isEqualTo(Change.TAKEN);
        assertThat(onCall.warning()).isEmpty();
    }

    @Test
    void without_a_file_the_sandbox_has_its_accounts_and_a_real_cluster_a_warning() {
        assertThat(OnCall.builtIn(true).of("l1", NOW))
                .extracting(contact -> contact.user().orElseThrow())
                .containsExactly("responder");
        assertThat(OnCall.builtIn(true).warning()).isEmpty();
        assertThat(OnCall.builtIn(false).of("l1", NOW)).isEmpty();
        assertThat(OnCall.builtIn(false).warning()).hasValueSatisfying(warning -> assertThat(warning)
                .contains("Nobody outside of Tasklist is told", "on-call.file"));
    }

    private OnCall read(String text) {
        write(text);
        return OnCall.from(
                folder.resolve("on-call.yml"),
                (channel, to) -> List.of("mail", "pagerduty").contains(channel)
                        ? Optional.empty()
                        : Optional.of("'" + channel + "' is no channel"));
    }

    private List<String> faults(String text) {
        try {
            read(text);
            return List.of();
        } catch (RosterRefused refused) {
            return Arrays.stream(refused.getMessage().split("\n"))
                    .skip(1)
                    .map(line -> line.replaceFirst("^ {2}- ", ""))
                    .toList();
        }
    }

    private void write(String text) {
        try {
            Files.writeString(folder.resolve("on-call.yml"), text);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
