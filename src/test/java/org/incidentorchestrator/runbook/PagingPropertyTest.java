package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;
import org.incidentorchestrator.approval.paging.Responders;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.context.TestContextManager;

/**
 * Whatever people and outages do to an incident, each level is paged when it is due while nobody has it, once per arming,
 * and nobody after the end. What is expected is worked out minute by minute, apart from the program.
 */
class PagingPropertyTest extends PagingScenario {
    private static final String SERVICE = "not-there";

    @Autowired
    Responders responders;

    enum Act {
        CLAIM,
        GIVE_BACK,
        ESCALATE,
        NOTE,
        PASS,
        OUTAGE,
        RESOLVE,
        FIRE
    }

    record Deed(Act act, int minutes) {}

    /** One page outwards. */
    record Told(long minute, int level) {}

    /** Spring's part, which JUnit's own engine would do. */
    @BeforeTry
    void prepare() throws Exception {
        new TestContextManager(getClass()).prepareTestInstance(this);
        skipsNights(3);
        begin();
        hearNothingYet();
    }

    @AfterTry
    void leave() {
        end();
    }

    @Property(tries = 40, shrinking = ShrinkingMode.BOUNDED)
    void each_level_is_paged_when_it_is_due_while_nobody_has_it_once_per_arming_and_nobody_after_the_end(
            @ForAll("deeds") List<Deed> deeds) {
        startsAnew();
        Instant begin = now();
        firesFor(SERVICE);
        work();
        Expected expected = new Expected();
        expected.arm(1);
        deeds.forEach(deed -> perform(deed, expected));
        assertThat(heard.pages().stream()
                        .map(page -> new Told(Duration.between(begin, page.at()).toMinutes(), page.level()))
                        .toList())
                .as("pages of %s", incident().number())
                .isEqualTo(expected.told);
    }

    @Provide
    Arbitrary<List<Deed>> deeds() {
        Arbitrary<Act> act = Arbitraries.frequency(
                Tuple.of(4, Act.CLAIM),
                Tuple.of(3, Act.GIVE_BACK),
                Tuple.of(2, Act.ESCALATE),
                Tuple.of(2, Act.NOTE),
                Tuple.of(6, Act.PASS),
                Tuple.of(3, Act.OUTAGE),
                Tuple.of(1, Act.RESOLVE),
                Tuple.of(1, Act.FIRE));
        return Combinators.combine(act, Arbitraries.integers().between(1, 130))
                .as(Deed::new)
                .list()
                .ofMinSize(4)
                .ofMaxSize(14);
    }

    private void perform(Deed deed, Expected expected) {
        boolean open = incident().open();
        boolean taken = open && incident().takenBy().isPresent();
        assertThat(taken).as("whether somebody has it, before %s", deed).isEqualTo(open && expected.taken);
        switch (deed.act()) {
            case CLAIM -> claim(open && !taken, expected);
            case GIVE_BACK -> giveBack(taken, expected);
            case ESCALATE -> escalate(open, expected);
            case NOTE -> note(taken, expected);
            case PASS -> {
                passes(Duration.ofMinutes(deed.minutes()));
                expected.pass(deed.minutes());
            }
            case OUTAGE -> {
                passesUnseen(Duration.ofMinutes(deed.minutes()));
                work();
                expected.outage(deed.minutes());
            }
            case RESOLVE -> end(open, expected);
            case FIRE -> fireAgain(open, expected);
        }
    }

    private void claim(boolean possible, Expected expected) {
        if (possible) {
            claims("bob", RESPOND);
            expected.take();
        }
    }

    private void giveBack(boolean possible, Expected expected) {
        if (possible) {
            givesBack(RESPOND);
            expected.arm(expected.level);
        }
    }

    private void escalate(boolean open, Expected expected) {
        if (open && incident().level() < 5) {
            responders.escalate(incident().number(), "bob", "a reason");
            expected.arm(expected.level + 1);
        }
    }

    private void note(boolean taken, Expected expected) {
        if (taken) {
            responders.note(incident().number(), "carol", "still at it");
            expected.heard = expected.now;
        }
    }

    private void end(boolean open, Expected expected) {
        if (open) {
            resolvesFor(SERVICE);
            work();
            assertThat(incident().open()).as("nothing is there to be verified").isFalse();
            expected.open = false;
        }
    }

    /** A later start: of a minute ago, so that it is no repeat of one that was resolved in this minute. */
    private void fireAgain(boolean open, Expected expected) {
        if (!open) {
            passes(Duration.ofMinutes(1));
            expected.pass(1);
            startsAnew();
            firesFor(SERVICE);
            work();
            expected.open = true;
            expected.arm(1);
        }
    }

    /** The ladder of the runbook, by hand: L2 to everybody after 15, 45, 105 and 345 minutes. */
    private static final class Expected {
        private static final int[] AFTER = {0, 0, 15, 45, 105, 345};

        final List<Told> told = new ArrayList<>();
        long now;
        long armed;
        long paged;
        long heard;
        int reached;
        int level;
        boolean taken;
        boolean open = true;

        void arm(int at) {
            taken = false;
            armed = now;
            reached = at;
            page(at);
        }

        void take() {
            taken = true;
            heard = now;
        }

        void pass(int minutes) {
            for (int minute = 0; minute < minutes; minute++) {
                now++;
                due();
            }
        }

        void outage(int minutes) {
            now += minutes;
            due();
        }

        private void due() {
            if (open && taken && now - heard >= 30) {
                arm(level);
            } else if (open && !taken) {
                int highest = level;
                for (int each = level + 1; each <= 5; each++) {
                    highest = armed + AFTER[each] - AFTER[reached] <= now ? each : highest;
                }
                if (highest > level || level == 5 && now - paged >= 30) {
                    page(highest);
                }
            }
        }

        private void page(int at) {
            level = at;
            paged = now;
            told.add(new Told(now, at));
        }
    }
}
