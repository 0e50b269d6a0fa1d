package org.incidentorchestrator.notify.oncall;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.incidentorchestrator.notify.oncall.Rotation.HandOver;
import org.incidentorchestrator.notify.oncall.Rotation.Override;

class RotationTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final long FIRST_SECOND =
            Instant.parse("2010-01-01T00:00:00Z").getEpochSecond();
    private static final long LAST_SECOND =
            Instant.parse("2040-01-01T00:00:00Z").getEpochSecond();

    @Property(tries = 2000)
    void at_every_instant_exactly_one_person_is_on_call_and_until_says_when_the_next_one_begins(
            @ForAll("rotations") Rotation rotation, @ForAll("instants") Instant at) {
        Duty duty = rotation.at(at);

        assertThat(duty.contacts()).hasSize(1);
        assertThat(duty.until().isPresent())
                .as("somebody takes over wherever there are two")
                .isEqualTo(!duty.next().isEmpty())
                .satisfies(takenOver ->
                        assertThat(takenOver || rotation.people().size() == 1).isTrue());
        duty.until().ifPresent(until -> {
            assertThat(until).isAfter(at);
            assertThat(rotation.at(until.minusMillis(1)).contacts()).isEqualTo(duty.contacts());
            assertThat(rotation.at(until).contacts()).isEqualTo(duty.next()).isNotEqualTo(duty.contacts());
        });
    }

    @Property(tries = 2000)
    void an_override_wins_over_whoevers_week_it_is_from_its_first_instant_to_its_last(
            @ForAll("rotations") Rotation rotation) {
        for (Override override : rotation.overrides()) {
            assertThat(who(rotation, override.from())).isEqualTo(override.who().name());
            assertThat(who(rotation, override.until().minusNanos(1)))
                    .isEqualTo(override.who().name());
        }
    }

    @Property(tries = 2000)
    void without_overrides_everybody_has_a_week_in_turn(
            @ForAll("rotations") Rotation any, @ForAll("instants") Instant at) {
        Rotation rotation = new Rotation(any.start(), any.handOver(), any.people(), List.of());
        Instant begin = rotation.handOver().on(rotation.handOver().lastBefore(at));
        int turn = rotation.people().indexOf(rotation.at(at).contacts().get(0));
        Instant next = rotation.handOver().on(rotation.handOver().lastBefore(at).plusWeeks(1));

        assertThat(begin).isBeforeOrEqualTo(at);
        assertThat(next).isAfter(at);
        assertThat(Duration.between(begin, next)).isBetween(Duration.ofDays(6), Duration.ofDays(8));
        assertThat(rotation.people().indexOf(rotation.at(next).contacts().get(0)))
                .isEqualTo((turn + 1) % rotation.people().size());
    }

    @Example
    void the_first_of_the_people_begins_on_the_start_date() {
        Rotation rotation = weekly(DayOfWeek.MONDAY, "09:00", "2026-11-23");

        assertThat(who(rotation, Instant.parse("2026-11-23T07:59:59Z"))).isEqualTo("Bob");
        assertThat(who(rotation, Instant.parse("2026-11-23T08:00:00Z"))).isEqualTo("Alice");
        assertThat(rotation.at(Instant.parse("2026-11-24T00:00:00Z")).until())
                .hasValue(Instant.parse("2026-11-30T08:00:00Z"));
    }

    @Example
    void a_week_in_which_clocks_are_set_forward_is_an_hour_shorter_and_begins_at_the_same_local_time() {
        Rotation rotation = weekly(DayOfWeek.MONDAY, "09:00", "2026-03-23");

        assertThat(rotation.at(Instant.parse("2026-03-23T08:00:00Z")).until())
                .hasValue(Instant.parse("2026-03-30T07:00:00Z"));
        assertThat(who(rotation, Instant.parse("2026-03-30T06:59:59Z"))).isEqualTo("Alice");
        assertThat(who(rotation, Instant.parse("2026-03-30T07:00:00Z"))).isEqualTo("Bob");
    }

    @Example
    void a_hand_over_in_the_hour_that_is_left_out_is_an_hour_later_and_nobody_is_missing() {
        Rotation rotation = weekly(DayOfWeek.SUNDAY, "02:30", "2026-03-29");

        assertThat(who(rotation, Instant.parse("2026-03-29T01:29:59Z"))).isEqualTo("Bob");
        assertThat(who(rotation, Instant.parse("2026-03-29T01:30:00Z"))).isEqualTo("Alice");
        assertThat(who(rotation, Instant.parse("2026-04-05T00:30:00Z"))).isEqualTo("Bob");
    }

    @Example
    void a_hand_over_in_the_hour_that_comes_twice_is_at_its_first_coming_and_is_one() {
        Rotation rotation = weekly(DayOfWeek.SUNDAY, "02:30", "2026-10-25");

        assertThat(who(rotation, Instant.parse("2026-10-25T00:29:59Z"))).isEqualTo("Bob");
        assertThat(who(rotation, Instant.parse("2026-10-25T00:30:00Z"))).isEqualTo("Alice");
        assertThat(who(rotation, Instant.parse("2026-10-25T01:30:00Z"))).isEqualTo("Alice");
    }

    @Example
    void a_rotation_of_one_person_has_nobody_who_takes_over() {
        Rotation rotation = new Rotation(
                LocalDate.parse("2026-11-23"),
                new HandOver(DayOfWeek.MONDAY, LocalTime.of(9, 0), BERLIN),
                List.of(person("Alice")),
                List.of());

        assertThat(rotation.at(Instant.parse("2026-11-24T00:00:00Z")))
                .isEqualTo(new Duty(List.of(person("Alice")), Optional.empty(), List.of()));
    }

    @Example
    void an_override_of_many_weeks_ends_and_says_who_comes_after_it() {
        Rotation weekly = weekly(DayOfWeek.MONDAY, "09:00", "2026-11-23");
        Instant from = Instant.parse("2026-12-01T00:00:00Z");
        Instant until = Instant.parse("2027-02-01T00:00:01Z");
        Rotation rotation = new Rotation(
                weekly.start(),
                weekly.handOver(),
                weekly.people(),
                List.of(new Override(person("Stand-in"), from, until)));

        assertThat(rotation.at(from).until()).hasValue(until);
        assertThat(rotation.at(from).next()).isEqualTo(rotation.at(until).contacts());
    }

    private static String who(Rotation rotation, Instant at) {
        return rotation.at(at).contacts().get(0).name();
    }

    private static Rotation weekly(DayOfWeek day, String time, String start) {
        return new Rotation(
                LocalDate.parse(start),
                new HandOver(day, LocalTime.parse(time), BERLIN),
                List.of(person("Alice"), person("Bob")),
                List.of());
    }

    private static Contact person(String name) {
        return new Contact(name, Optional.empty(), List.of(new Contact.Address("mail", name + "@example.org")));
    }

    @Provide
    Arbitrary<Instant> instants() {
        return Arbitraries.longs().between(FIRST_SECOND, LAST_SECOND).map(Instant::ofEpochSecond);
    }

    @Provide
    Arbitrary<Rotation> rotations() {
        // Samoa left out a whole day, Lord Howe changes by half an hour, Saint John's and Havana do at midnight.
        Arbitrary<ZoneId> zones = Arbitraries.of(
                        "UTC",
                        "Europe/Berlin",
                        "America/New_York",
                        "America/St_Johns",
                        "America/Havana",
                        "America/Sao_Paulo",
                        "Australia/Lord_Howe",
                        "Pacific/Apia",
                        "Asia/Tehran",
                        "Africa/Casablanca")
                .map(ZoneId::of);
        Arbitrary<LocalTime> times =
                Arbitraries.integers().between(0, 95).map(quarter -> LocalTime.ofSecondOfDay(quarter * 900L));
        Arbitrary<List<Contact>> people = Arbitraries.integers()
                .between(1, 5)
                .map(count -> List.of("Ann", "Ben", "Cem", "Dora", "Eve").subList(0, count).stream()
                        .map(RotationTest::person)
                        .toList());
        return Combinators.combine(
                        zones,
                        Arbitraries.of(DayOfWeek.class),
                        times,
                        people,
                        Arbitraries.longs().between(FIRST_SECOND, LAST_SECOND),
                        Arbitraries.longs()
                                .between(FIRST_SECOND, LAST_SECOND)
                                .list()
                                .ofMaxSize(6))
                .as((zone, day, time, who, start, cuts) -> new Rotation(
                        Instant.ofEpochSecond(start).atZone(zone).toLocalDate().with(TemporalAdjusters.nextOrSame(day)),
                        new HandOver(day, time, zone),
                        who,
                        overrides(cuts, who)));
    }

    /** Each two times in order are an override: none overlaps another, some touch. */
    private static List<Override> overrides(List<Long> cuts, List<Contact> people) {
        List<Long> sorted = cuts.stream().distinct().sorted().toList();
        List<Override> overrides = new ArrayList<>();
        for (int i = 0; i + 1 < sorted.size(); i += i % 3 == 0 ? 1 : 2) {
            overrides.add(new Override(
                    i % 2 == 0 ? person("Stand-in") : people.get(0),
                    Instant.ofEpochSecond(sorted.get(i)),
                    Instant.ofEpochSecond(sorted.get(i + 1))));
        }
        return overrides;
    }
}
