package org.incidentorchestrator.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.incidentorchestrator.incident.Announcement;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.IncidentClosed;
import org.incidentorchestrator.incident.IncidentKey;
import org.incidentorchestrator.incident.LevelPaged;
import org.incidentorchestrator.incident.PersonNeeded;
import org.incidentorchestrator.incident.Severity;
import org.incidentorchestrator.notify.oncall.Contact.Address;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whatever is said of an exercise, nobody outside hears it; what would have been said is on the record. */
class ExerciseTest {
    private final Rig rig = new Rig();
    private Incident exercise;

    @BeforeEach
    void begin() {
        rig.isOnCall("l1", "alice", new Address("mail", "alice@example.org"), new Address("slack", "ops"));
        exercise = rig.incidents.exercise(
                new IncidentKey("ServiceDown", "shop", "cart"), Severity.CRITICAL, "down", "bob", null, rig.now());
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void nothing_of_an_exercise_is_written_into_the_outbox() {
        everythingIsSaidOf(exercise);

        assertThat(rig.rows()).isEmpty();
        assertThat(told())
                .containsExactly(
                        "EXERCISE: The page of L1 was told to nobody outside of Tasklist",
                        "EXERCISE: That somebody is needed was told to nobody outside of Tasklist",
                        "EXERCISE: An announcement was told to nobody outside of Tasklist",
                        "EXERCISE: What has become of a call was told to nobody outside of Tasklist");
    }

    @Test
    void of_a_real_incident_beside_it_people_are_told() {
        everythingIsSaidOf(rig.opened("cart", "cart is down"));

        assertThat(rig.rows()).hasSizeGreaterThanOrEqualTo(3);
        assertThat(told()).isEmpty();
    }

    private void everythingIsSaidOf(Incident incident) {
        rig.database.inTransaction(() -> {
            rig.tidings.paged(new LevelPaged(incident, 1, rig.now()));
            rig.tidings.needed(new PersonNeeded("look at it", Optional.of(incident.number()), "job/1"));
            rig.tidings.announced(new Announcement(
                    Optional.of(incident.number()), Set.of("l1"), "approval/1", "approve it", Optional.empty()));
            rig.tidings.closed(new IncidentClosed(incident));
        });
    }

    private java.util.List<String> told() {
        return rig.database
                .jdbc()
                .sql("select summary from evidence where kind = 'NOT_NOTIFIED' order by id")
                .query(String.class)
                .list();
    }
}
