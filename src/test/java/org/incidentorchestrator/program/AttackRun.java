package org.incidentorchestrator.program;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.SoftAssertions;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.incidentorchestrator.program.Attacker.Answer;

/** Tries one attack after the other with its controls on, then off, and keeps what came of each. */
final class AttackRun {
    private static final Duration EFFECT = Duration.ofSeconds(20);
    private static final Set<String> REFUSALS = Set.of("ACCESS_REFUSED", "STEP_REFUSED");

    private final AttackStage stage;
    private final SoftAssertions all = new SoftAssertions();
    private final List<Row> rows = new ArrayList<>();

    AttackRun(AttackStage stage) {
        this.stage = stage;
    }

    enum Recorded {
        WITH_INCIDENT,
        WITHOUT_INCIDENT,
        /** With an earlier one, in which the same person was told the same within the last minute. */
        COUNTED,
        NOT
    }

    enum Open {
        WENT_THROUGH,
        DID_NOT,
        NO_SWITCH
    }

    /** @param open what came of it with the controls off */
    record Row(
            String name,
            String who,
            List<Control> controls,
            Answer refused,
            boolean succeeded,
            Recorded recorded,
            Answer off,
            Open open) {
        @Override
        public String toString() {
            return "%s | %s | %s | %d %s | %s | %s"
                    .formatted(
                            name,
                            who,
                            controls,
                            refused.status(),
                            refused.message(),
                            recorded,
                            open
                                    + (open == Open.NO_SWITCH ? "" : " " + off.status())
                                    + (open == Open.DID_NOT ? " " + off.body() : "")
                                    + (succeeded ? " | SUCCEEDED" : ""));
        }
    }

    void row(Attack attack) {
        judged(attack, () -> tried(attack));
    }

    void row(GateAttack attack) {
        judged(attack, () -> tried(attack));
    }

    /** A row that breaks off is one that failed; the others are tried nevertheless. */
    private void judged(Record attack, Callable<Row> trial) {
        try {
            judge(trial.call());
        } catch (Exception | AssertionError broken) {
            stage.controls().off(List.of());
            System.out.println(attack + " broke off: " + broken.getMessage() + "\n"
                    + stage.program().lastLines());
            all.fail(attack + " broke off", broken);
        }
    }

    private Row tried(Attack attack) throws IOException {
        AttackScene scene = stage.scene("Attack" + rows.size());
        Attacker first = stage.people(rows.size()).get(attack.who());
        Attacker second = stage.people(rows.size() + 1).get(attack.who());
        long mark = newest();
        boolean before = attack.effect().seen(scene);
        all.assertThat(before).as("%s: its effect is there before", attack).isFalse();
        Answer refused = attack.attempt().by(first, scene);
        String state = scene.state();
        Answer elsewhere = attack.attempt().by(second, scene);
        boolean moved = attack.effect().seen(scene) || !scene.state().equals(state);
        all.assertThat(elsewhere.refused())
                .as("%s elsewhere: %s", attack, elsewhere)
                .isTrue();
        all.assertThat(moved).as("%s moved something", attack).isFalse();
        Recorded recorded = recorded(attack.who(), Set.of(scene.incident()), mark, refused);

        stage.controls().off(attack.controls());
        Answer off = notOutrun(() -> attack.attempt().by(first, scene));
        boolean through = off.done() && arrives(() -> attack.effect().seen(scene));
        stage.controls().off(List.of());
        return new Row(
                attack.name(),
                attack.who(),
                attack.controls(),
                refused,
                refused.done() || elsewhere.done() || moved,
                recorded,
                off,
                through ? Open.WENT_THROUGH : Open.DID_NOT);
    }

    private Row tried(GateAttack attack) throws IOException {
        Map<String, Attacker> people = stage.people(rows.size());
        GateScene scene = GateScene.open(stage, "Gate" + rows.size(), people);
        long mark = newest();
        stage.controls().off(attack.given());
        Answer refused = attack.attempt().in(scene);
        boolean moved = attack.effect().test(scene);
        Set<String> incidents =
                Set.of(scene.incident().incident(), scene.elsewhereIncident().orElse(""));
        Recorded recorded = recorded(attack.who(), incidents, mark, refused);
        Answer off = refused;
        Open open = Open.NO_SWITCH;
        if (!attack.controls().isEmpty()) {
            List<Control> away = new ArrayList<>(attack.given());
            away.addAll(attack.controls());
            stage.controls().off(away);
            off = notOutrun(() -> attack.attempt().in(scene));
            boolean through = off.done() && arrives(() -> attack.effect().test(scene));
            open = through ? Open.WENT_THROUGH : Open.DID_NOT;
        }
        stage.controls().off(List.of());
        scene.restored();
        return new Row(
                attack.name(), attack.who(), attack.controls(), refused, refused.done() || moved, recorded, off, open);
    }

    private void judge(Row row) {
        rows.add(row);
        System.out.println(rows.size() + " " + row);
        all.assertThat(row.refused().refused()).as("refused: %s", row).isTrue();
        all.assertThat(row.refused().message()).as("%s", row).hasSizeGreaterThan(40);
        all.assertThat(row.recorded()).as("on the record: %s", row).isNotEqualTo(Recorded.NOT);
        all.assertThat(row.open())
                .as("would work without its controls: %s: %s", row, row.off())
                .isNotEqualTo(Open.DID_NOT);
    }

    /** A job of the same incident may be the first to change what is attacked: whoever means it tries again. */
    private static Answer notOutrun(Callable<Answer> attempt) {
        return Awaitility.await("an answer that no job has outrun")
                .atMost(EFFECT)
                .until(attempt, answer -> !answer.outrun());
    }

    private static boolean arrives(BooleanSupplier effect) {
        try {
            Awaitility.await()
                    .atMost(EFFECT)
                    .pollInterval(Duration.ofMillis(50))
                    .until(effect::getAsBoolean);
            return true;
        } catch (ConditionTimeoutException never) {
            return false;
        }
    }

    private long newest() throws IOException {
        List<String> entries = stage.recordedSince(0);
        String last = entries.get(entries.size() - 1);
        return Long.parseLong(last.substring(0, last.indexOf('|')));
    }

    /** Who was refused, and in which words, first of all with the incident. */
    private Recorded recorded(String who, Set<String> incidents, long since, Answer told) throws IOException {
        List<String[]> entries = refusals(who, since, sentence(told.message()));
        if (entries.stream().anyMatch(entry -> incidents.contains("INC-" + entry[1]))) {
            return Recorded.WITH_INCIDENT;
        } else if (!entries.isEmpty()) {
            return Recorded.WITHOUT_INCIDENT;
        }
        return refusals(who, 0, told.message()).isEmpty() ? Recorded.NOT : Recorded.COUNTED;
    }

    /** A step refuses in the program's own name. */
    private List<String[]> refusals(String who, long since, String words) throws IOException {
        return stage.recordedSince(since).stream()
                .map(line -> line.split("\\|", 5))
                .filter(entry -> REFUSALS.contains(entry[3]))
                .filter(entry -> entry[2].equals(who) || entry[2].equals("incident-orchestrator"))
                .filter(entry -> entry[4].contains(words))
                .toList();
    }

    /** The first one, without what the REST API puts before it. */
    private static String sentence(String told) {
        String message = told.replaceFirst("^Cannot (complete|submit) task .*?: ", "");
        int end = message.indexOf(". ", message.startsWith("Refused: ") ? message.indexOf(". ") + 1 : 0);
        return end < 0 ? message.replaceFirst("\\.$", "") : message.substring(0, end);
    }

    List<Row> rows() {
        return List.copyOf(rows);
    }

    SoftAssertions judged() {
        return all;
    }
}
