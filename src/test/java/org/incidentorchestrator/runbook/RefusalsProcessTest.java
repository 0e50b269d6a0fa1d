package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RefusingRunner;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.beans.factory.annotation.Autowired;

/**
 * What a step is refused with leads where {@code refusals.tsv} says: none of these moments ends a part or a runbook well.
 * The table has those that no scenario of a runbook brings about by itself.
 */
class RefusalsProcessTest extends PartScenario {
    private static final Path TABLE = Path.of("src/test/resources/refusals.tsv");

    @Autowired
    private RefusingRunner runner;

    record Row(String model, String step, RefusalCode code, String leadsTo) {
        static Row of(String line) {
            String[] cells = line.split("\t");
            RefusalCode code = Arrays.stream(RefusalCode.values())
                    .filter(each -> each.code().equals(cells[2]))
                    .findFirst()
                    .orElseThrow();
            return new Row(cells[0], cells[1], code, cells[3]);
        }

        String sentence() {
            return "%s of %s that is refused as %s leads to %s".formatted(step, model, code.code(), leadsTo);
        }
    }

    @TestFactory
    Stream<DynamicTest> what_is_refused_leads_where_the_table_says() throws IOException {
        anIncident();
        return Files.readAllLines(TABLE).stream()
                .skip(1)
                .map(Row::of)
                .map(row -> DynamicTest.dynamicTest(row.sentence(), () -> isRefused(row)));
    }

    private void isRefused(Row row) {
        String run = startsBefore(row.model(), row.step(), DEPLOYMENT, known());
        runner.refuseNext(row.step(), row.code());
        works(run);

        List<String> path = path(run);
        int caught = path.indexOf(path.stream()
                .filter(element -> element.startsWith("event_"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nothing caught it on " + path)));
        String next = caught + 1 < path.size() ? path.get(caught + 1) : due(run);
        assertThat(next).as("after %s", path.get(caught)).isEqualTo(row.leadsTo());
    }

    /** What the models would know by then; none of it matters to where a refusal leads. */
    private static Map<String, Object> known() {
        Map<String, Object> known = new HashMap<>();
        Stream.of("proposalId", "pauseProposal", "cronProposal", "quarantineProposal", "isolationProposal")
                .forEach(name -> known.put(name, 1L));
        Stream.of("releaseProposal", "restoreProposal", "healProposal", "refreshProposal", "tokenProposal")
                .forEach(name -> known.put(name, 1L));
        Stream.of("limitProposal", "scaleProposal", "restartProposal").forEach(name -> known.put(name, 1L));
        known.putAll(Map.of("changed", DEPLOYMENT.id(), "step", "scaleWorkload", "cronJobs", "none"));
        known.putAll(Map.of("watchOver", false, "signs", 0, "violationsBefore", 0));
        known.putAll(Map.of("resource", "memory", "below", 80, "looksAtMost", 10, "used", 1, "samplesWanted", 5));
        known.putAll(Map.of("secret", "a-tls", "externalSecret", "a-tls", "fingerprintBefore", "", "servedHost", ""));
        known.putAll(Map.of("servedPort", 0, "requestedAt", "2037-11-24T03:00:00Z", "atLeast", 3));
        known.putAll(
                Map.of("application", "a1-orchestrator", "revision", "b", "previousRevision", "a", "prune", false));
        known.putAll(Map.of("script", "k3s-install", "nextNamespace", DEPLOYMENT.namespace(), "backup", "20261124"));
        known.putAll(Map.of("deployment", DEPLOYMENT.id(), "stage", "Install K3s anew"));
        return known;
    }
}
