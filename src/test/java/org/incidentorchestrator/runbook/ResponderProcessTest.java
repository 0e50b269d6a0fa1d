package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.incidentorchestrator.sandbox.Scenario.NEVER_HEALTHY;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.task.IdentityLink;
import org.incidentorchestrator.approval.paging.Responders;
import org.incidentorchestrator.approval.paging.ResponseRefused;
import org.incidentorchestrator.incident.IncidentNumber;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What responders do about an incident beside ending it, from Tasklist and from outside of it. */
class ResponderProcessTest extends PagingScenario {
    @Autowired
    Responders responders;

    @BeforeEach
    void accounts() {
        withPassword("carol", "l2");
        withPassword("dave", "auditor");
        breaks(NEVER_HEALTHY);
        work();
        levelsTold();
    }

    @Test
    void escalating_from_tasklist_pages_the_next_level_at_once_and_counts_on_from_it() {
        claims("bob", RESPOND);
        passes(Duration.ofMinutes(5));

        responds("bob", "escalate", Map.of());

        assertEscalated();
    }

    @Test
    void escalating_from_outside_what_somebody_has_does_the_same() {
        claims("bob", RESPOND);
        passes(Duration.ofMinutes(5));

        responders.escalate(number(), "bob", "a reason");

        assertEscalated();
    }

    @Test
    void escalating_what_nobody_has_does_the_same() {
        passes(Duration.ofMinutes(5));

        responders.escalate(number(), "bob", "a reason");

        assertEscalated();
    }

    private void assertEscalated() {
        assertThat(levelsTold()).containsExactly(2);
        assertThat(told("ESCALATED")).containsExactly("bob has escalated it to L2 Senior Platform Engineer: a reason");
        assertThat(incident().takenBy()).isEmpty();
        assertThat(task(RESPOND).getAssignee()).isNull();
        assertThat(groups()).contains("l1", "l2");
        passes(Duration.ofMinutes(30).minusSeconds(1));
        assertThat(levelsTold()).isEmpty();
        passes(Duration.ofSeconds(1));
        assertThat(levelsTold()).containsExactly(3);
    }

    @Test
    void after_everybody_there_is_nobody_to_escalate_to() {
        for (int level = 2; level <= 5; level++) {
            responders.escalate(number(), "bob", "a reason");
        }

        assertThat(levelsTold()).containsExactly(2, 3, 4, 5);
        assertThatThrownBy(() -> responders.escalate(number(), "bob", "a reason"))
                .isInstanceOf(ResponseRefused.class)
                .hasMessageContaining("There is nobody to escalate INC-");
        passes(Duration.ofMinutes(30));
        assertThat(levelsTold()).containsExactly(5);
    }

    @Test
    void who_is_handed_an_incident_is_told_and_has_half_an_hour() {
        claims("bob", RESPOND);
        passes(Duration.ofMinutes(20));

        responds("bob", "handOver", Map.of("person", "carol"));

        assertHandedOver();
    }

    @Test
    void handing_over_from_outside_does_the_same() {
        claims("bob", RESPOND);
        passes(Duration.ofMinutes(20));

        responders.handOver(number(), "bob", "carol", "a reason");

        assertHandedOver();
    }

    private void assertHandedOver() {
        assertThat(incident().takenBy()).contains("carol");
        assertThat(task(RESPOND).getAssignee()).isEqualTo("carol");
        assertThat(told("HANDED_OVER")).containsExactly("bob has handed it over to carol: a reason");
        assertThat(heard.announced).singleElement().satisfies(announced -> {
            assertThat(announced.persons()).containsExactly("carol");
            assertThat(announced.groups()).containsExactly("l2");
        });
        passes(Duration.ofMinutes(29));
        assertThat(levelsTold()).isEmpty();
        passes(Duration.ofMinutes(1));
        assertThat(levelsTold()).containsExactly(1);
    }

    @Test
    void only_whoever_has_it_hands_it_over_and_only_to_somebody_who_may_work_on_it() {
        claims("bob", RESPOND);

        refused(
                () -> responders.handOver(number(), "mallory", "carol", "x"),
                "is with bob: only bob or an administrator");
        refused(() -> responders.handOver(number(), "bob", "nobody", "x"), "There is no account 'nobody'");
        refused(() -> responders.handOver(number(), "bob", "dave", "x"), "'dave' may not work on incidents");
        refused(() -> responders.handOver(number(), "bob", "bob", "x"), "is with bob already");
        assertThat(incident().takenBy()).contains("bob");
    }

    @Test
    void who_is_asked_beside_sees_the_tasks_and_is_told() {
        claims("bob", RESPOND);
        responds("bob", "addResponder", Map.of("person", "carol"));
        responders.askGroup(number(), "bob", "l3", "the network is yours");

        assertThat(task(RESPOND).getAssignee()).isEqualTo("bob");
        assertThat(links(RESPOND)).extracting(IdentityLink::getUserId).contains("carol");
        assertThat(links("Decide on remedy"))
                .extracting(IdentityLink::getUserId)
                .contains("carol");
        assertThat(groups()).contains("l3");
        assertThat(heard.announced).hasSize(2);
        refused(() -> responders.askGroup(number(), "bob", "l3", "again"), "l3 is asked to work on");
        refused(() -> responders.askGroup(number(), "bob", "auditor", "x"), "'auditor' is no level that can be asked");
    }

    @Test
    void giving_it_back_from_tasklist_or_from_outside_is_as_unclaiming_it() {
        claims("bob", RESPOND);
        responds("bob", "giveBack", Map.of());
        assertThat(levelsTold()).containsExactly(1);
        assertThat(task(RESPOND).getAssignee()).isNull();

        responders.take(number(), "carol");
        responders.giveBack(number(), "carol", "I am at the wheel");

        assertThat(levelsTold()).containsExactly(1);
        assertThat(task(RESPOND).getAssignee()).isNull();
        assertThat(told("GIVEN_BACK")).last().asString().startsWith("carol has given it back: I am at the wheel");
        passes(Duration.ofMinutes(15));
        assertThat(levelsTold()).containsExactly(2);
    }

    @Test
    void who_takes_what_another_has_is_told_who_that_is() {
        responders.take(number(), "bob");
        responders.take(number(), "bob");

        assertThat(task(RESPOND).getAssignee()).isEqualTo("bob");
        refused(() -> responders.take(number(), "carol"), "is with bob: ask for it to be handed over");
        refused(() -> responders.giveBack(closed(), "bob", ""), "has ended: nobody is paged for it any more");
        responders.note(closed(), "bob", "it was the disk after all");
        assertThat(told("NOTE")).containsExactly("bob: it was the disk after all");
    }

    @Test
    void an_answer_without_a_claim_or_without_sense_is_refused() {
        String open = task(RESPOND).getId();
        Map<String, Object> note = Map.of("action", "note", "reason", "it is the disk");
        as("bob", () -> assertThatThrownBy(() -> engine.getTaskService().complete(open, note))
                .hasMessageContaining("laim"));
        claims("bob", RESPOND);
        assertThatThrownBy(() -> responds("bob", "shrug", Map.of())).hasMessageContaining("'action' is one of");
        assertThatThrownBy(() -> responds("bob", "addResponder", Map.of()))
                .hasMessageContaining("Name one to be asked");
        assertThat(task(RESPOND).getAssignee()).isEqualTo("bob");
    }

    private IncidentNumber closed() {
        if (incident().open()) {
            ends("bob", "resolved");
        }
        return number();
    }

    private IncidentNumber number() {
        return incident().number();
    }

    private void withPassword(String person, String group) {
        var identities = engine.getIdentityService();
        if (identities.createUserQuery().userId(person).count() == 0) {
            var user = identities.newUser(person);
            user.setPassword("Correct-horse-battery-7");
            identities.saveUser(user);
            identities.createMembership(person, group);
        }
    }

    private static void refused(Runnable word, String why) {
        assertThatThrownBy(word::run).isInstanceOf(ResponseRefused.class).hasMessageContaining(why);
    }

    private List<IdentityLink> links(String task) {
        return engine.getTaskService().getIdentityLinksForTask(task(task).getId());
    }

    private List<String> groups() {
        return links(RESPOND).stream()
                .map(IdentityLink::getGroupId)
                .filter(java.util.Objects::nonNull)
                .toList();
    }
}
