package org.incidentorchestrator.approval.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import org.incidentorchestrator.incident.Incident;
import org.incidentorchestrator.incident.Target;
import org.incidentorchestrator.step.Proposal.Decision;
import org.incidentorchestrator.step.StepOutcome;

/**
 * Whatever people, the clock, retries and somebody with SQL do, in whatever order: what needs a second person is never
 * done without a valid one, or without somebody of level 3 who said why. What is valid is reckoned here a second time,
 * from what was seen to happen and from nothing that is stored.
 */
class FourEyesPropertyTest {
    private static final GateRig RIG = rig();
    private static final AtomicInteger TRIES = new AtomicInteger();
    private static final AtomicInteger CHANGES = new AtomicInteger();
    private static final AtomicInteger BY_GLASS = new AtomicInteger();
    private static final AtomicInteger REFUSED = new AtomicInteger();

    /** Alice responds, bea and carl approve, lea is of level 3, mallory is nobody; who is what changes on the way. */
    private static final List<String> PEOPLE = List.of("alice", "bea", "carl", "lea", "mallory", "BEA");

    private static final List<String> TAMPERINGS = List.of(
            "update approval set decision = 'APPROVED', decided_by = 'bea', decided_at = requested_at, reason = '', mac = request_mac where request = '%s'",
            "update approval set decision = 'BROKEN_GLASS', decided_by = 'lea', decided_at = requested_at, reason = 'because I say so, at once', mac = request_mac where request = '%s'",
            "update approval set used_by = null where request = '%s'",
            "update approval set decided_by = 'carl' where request = '%s'",
            "update approval set decision = 'APPROVED' where request = '%s'",
            "update approval set requester = 'nobody', responder = '' where request = '%s'",
            "update approval set expires_at = dateadd('hour', 1, expires_at), usable_until = dateadd('hour', 1, usable_until) where request = '%s'",
            "update approval set mac = (select max(mac) from approval where decision = 'APPROVED'), decision = 'APPROVED', decided_by = 'bea', decided_at = requested_at, reason = '' where request = '%s'",
            "update approval set decision = null, decided_by = null, decided_at = null, mac = null where request = '%s'",
            "update proposal set used_by = null, decision = 'ACCEPTED', expires_at = dateadd('hour', 1, expires_at) where id = (select max(proposal) from approval where request = '%s')",
            "update approval set proposal = (select max(id) from proposal) where request = '%s' and not exists (select 1 from approval where proposal = (select max(id) from proposal))");

    enum Kind {
        PROPOSE,
        ASK,
        APPROVE,
        GLASS,
        REJECT,
        LOOK_AGAIN,
        TAKE,
        ACCEPT_AS_RESPONDER,
        JOIN,
        LEAVE,
        WAIT,
        CHANGE_OBJECT,
        ACT,
        RETRY,
        LOSE_ANSWER,
        LOSE_REQUEST,
        RESTART,
        TAMPER
    }

    /** @param number whose, how long, which */
    record Move(Kind kind, int number) {}

    /** What was seen to be said, with all that makes it valid. */
    private record Word(String by, boolean glass, Instant at) {}

    /** One incident's story: what happened, as a bystander would write it down. */
    private static final class Story {
        final int number = TRIES.incrementAndGet();
        final Incident incident;
        final Map<Long, Word> words = new HashMap<>();
        final Map<Long, Set<String>> first = new HashMap<>();
        final Map<Long, Instant> asked = new HashMap<>();
        final Set<Long> intended = new HashSet<>();
        final Set<Long> done = new HashSet<>();
        final Map<String, Set<String>> groups = new HashMap<>();
        long proposal;
        long acting;
        String job = "";
        int jobs;
        String holder;

        Story() {
            incident = RIG.steps.incidents.open(RIG.steps.alert("ServiceDown" + number), RIG.steps.clock.instant());
        }

        String run() {
            return "run-" + number;
        }

        String request() {
            return "request-" + proposal;
        }
    }

    @AfterContainer
    static void close() {
        System.out.printf(
                "%d interleavings: %d changes made, %d of them by broken glass; %d refusals%n",
                TRIES.get(), CHANGES.get(), BY_GLASS.get(), REFUSED.get());
        RIG.close();
        assertThat(CHANGES.get()).as("the gate also lets through").isGreaterThan(TRIES.get() / 20);
        assertThat(BY_GLASS.get()).as("so does the glass").isPositive();
    }

    @Property(tries = 300, edgeCases = EdgeCasesMode.NONE, shrinking = ShrinkingMode.BOUNDED)
    void nothing_is_isolated_without_a_valid_second_person(@ForAll("moves") List<Move> moves) {
        RIG.steps.clock.pass(Duration.ofDays(1));
        // What the story before has left open would hold up this one, as it should.
        RIG.sql("update step_ledger set state = 'ABANDONED' where state = 'INTENT'");
        scale(2);
        var story = new Story();
        PEOPLE.forEach(person -> List.of("approver", "l3").forEach(group -> leave(story, person, group)));
        join(story, "bea", "approver");
        join(story, "carl", "approver");
        join(story, "lea", "l3");
        for (Move move : moves) {
            int before = isolations();
            StepOutcome outcome = play(story, move);
            if (outcome instanceof StepOutcome.Refused) {
                REFUSED.incrementAndGet();
            } else if (outcome != null && story.intended.add(story.acting)) {
                // From here on it is a matter of the ledger: what was intended is sent, also after a kill.
                assertValid(story, moves);
            }
            if (isolations() > before) {
                assertThat(isolations() - before).as("at once").isEqualTo(1);
                assertThat(story.intended).as("approved: %s", moves).contains(story.acting);
                assertThat(story.done.add(story.acting)).as("once: %s", moves).isTrue();
                CHANGES.incrementAndGet();
                BY_GLASS.addAndGet(story.words.get(story.acting).glass() ? 1 : 0);
            }
        }
    }

    private static void assertValid(Story story, List<Move> moves) {
        Word word = story.words.get(story.acting);
        assertThat(word).as("somebody said so: %s", moves).isNotNull();
        assertThat(word.at())
                .as("in time: %s", moves)
                .isBefore(story.asked.get(story.acting).plus(Duration.ofMinutes(15)));
        assertThat(story.groups.getOrDefault(word.by(), Set.of()))
                .as("who still may: %s", moves)
                .contains(word.glass() ? "l3" : "approver");
        if (!word.glass()) {
            assertThat(story.first.get(story.acting))
                    .as("a second one: %s", moves)
                    .doesNotContain(word.by());
        }
    }

    private static StepOutcome play(Story story, Move move) {
        String person = PEOPLE.get(move.number() % PEOPLE.size());
        switch (move.kind()) {
            case PROPOSE ->
                RIG.proposes(story.incident, story.run(), "propose-" + story.number + "-" + ++story.jobs)
                        .ifPresent(id -> story.proposal = id);
            case ASK -> ask(story);
            case APPROVE -> say(story, person, "approve", "");
            case GLASS ->
                say(story, person, "breakGlass", move.number() % 4 == 0 ? "quick" : "nobody else can be reached");
            case REJECT -> say(story, person, "reject", "no");
            case LOOK_AGAIN -> say(story, person, "lookAgain", "");
            case TAKE -> take(story, person);
            case ACCEPT_AS_RESPONDER -> accept(story, person);
            case JOIN -> join(story, person, "approver");
            case LEAVE -> leave(story, person, move.number() % 2 == 0 ? "approver" : "l3");
            case WAIT -> RIG.steps.clock.pass(Duration.ofMinutes(move.number() * 2L));
            case CHANGE_OBJECT -> scale(2 + move.number() % 2);
            case LOSE_ANSWER -> RIG.steps.losesTheNextAnswer();
            case LOSE_REQUEST -> RIG.steps.losesTheNextRequest();
            case RESTART -> RIG.restart();
            case TAMPER -> tamper(story, TAMPERINGS.get(move.number() % TAMPERINGS.size()));
            case ACT -> {
                story.job = "act-" + story.number + "-" + ++story.jobs;
                story.acting = story.proposal;
                return RIG.acts(story.incident, story.run(), story.job, story.acting);
            }
            case RETRY -> {
                return story.job.isEmpty() ? null : RIG.acts(story.incident, story.run(), story.job, story.acting);
            }
        }
        return null;
    }

    private static void ask(Story story) {
        if (story.proposal != 0 && !story.asked.containsKey(story.proposal)) {
            RIG.asks(story.incident, story.run(), story.proposal, story.request());
            story.asked.put(story.proposal, RIG.steps.clock.instant());
            if (story.holder != null) {
                first(story).add(story.holder);
            }
        }
    }

    private static Set<String> first(Story story) {
        return story.first.computeIfAbsent(story.proposal, id -> new HashSet<>());
    }

    private static void say(Story story, String person, String answer, String reason) {
        if (story.proposal == 0) {
            return;
        }
        Set<String> before = new HashSet<>(first(story));
        if (story.holder != null) {
            before.add(story.holder);
        }
        String became = RIG.says(person, answer, reason, story.request());
        boolean glass = answer.equals("breakGlass");
        if (became.equals("taken") && (glass || answer.equals("approve"))) {
            assertThat(glass || !before.contains(person))
                    .as("%s is a second person", person)
                    .isTrue();
            assertThat(!glass || reason.length() >= 20).as("with a reason").isTrue();
            story.words.put(story.proposal, new Word(person, glass, RIG.steps.clock.instant()));
        } else if (!became.equals("taken")) {
            REFUSED.incrementAndGet();
        }
    }

    private static void take(Story story, String person) {
        if (RIG.steps.incidents.acknowledge(story.incident.number(), person, RIG.steps.clock.instant())) {
            story.holder = person;
        }
    }

    private static void accept(Story story, String person) {
        if (story.proposal != 0
                && RIG.steps.proposals.decide(story.proposal, Decision.ACCEPTED, person, RIG.steps.clock.instant())) {
            first(story).add(person);
        }
    }

    /** The account BEA is another than bea, and is taken for the same person: it has no group of its own. */
    private static void join(Story story, String person, String group) {
        RIG.joins(person, group);
        story.groups.computeIfAbsent(person, who -> new HashSet<>()).add(group);
    }

    private static void leave(Story story, String person, String group) {
        RIG.leaves(person, group);
        story.groups.computeIfAbsent(person, who -> new HashSet<>()).remove(group);
    }

    private static void tamper(Story story, String statement) {
        if (story.proposal != 0) {
            RIG.sql(statement.formatted(story.request()));
        }
    }

    private static void scale(int replicas) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.putObject("spec").put("replicas", replicas);
        RIG.steps.sandbox.patch(Target.parse(GateRig.TARGET), body);
    }

    private static int isolations() {
        return RIG.steps.sandbox.writes().size();
    }

    private static GateRig rig() {
        try {
            var rig = new GateRig(Files.createTempDirectory("gate"));
            List.of("approver", "l3").forEach(rig::group);
            return rig;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Mostly the usual way, cut up and mixed with all that may come between. */
    @Provide
    Arbitrary<List<Move>> moves() {
        Arbitrary<Integer> numbers = Arbitraries.integers().between(0, 10);
        Arbitrary<Move> any =
                Combinators.combine(Arbitraries.of(Kind.class), numbers).as(Move::new);
        Arbitrary<Move> answer = Arbitraries.of(
                new Move(Kind.APPROVE, 1),
                new Move(Kind.APPROVE, 2),
                new Move(Kind.GLASS, 3),
                new Move(Kind.APPROVE, 0),
                new Move(Kind.ACCEPT_AS_RESPONDER, 1));
        Arbitrary<List<Move>> between = any.list().ofMaxSize(2);
        return Combinators.combine(
                        between, between, answer, between, between, any.list().ofMaxSize(6))
                .as((one, two, said, three, four, rest) -> {
                    List<Move> all = new ArrayList<>(List.of(new Move(Kind.PROPOSE, 0)));
                    all.addAll(one);
                    all.add(new Move(Kind.ASK, 0));
                    all.addAll(two);
                    all.add(said);
                    all.addAll(three);
                    all.add(new Move(Kind.ACT, 0));
                    all.addAll(four);
                    all.add(new Move(Kind.RETRY, 0));
                    all.addAll(rest);
                    return all;
                });
    }
}
