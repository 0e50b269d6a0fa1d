package org.incidentorchestrator.step.verb.host;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.incidentorchestrator.cluster.ArgoCdSettings;
import org.incidentorchestrator.cluster.ClusterSettings;
import org.incidentorchestrator.cluster.Table;
import org.incidentorchestrator.evidence.Artefact;
import org.incidentorchestrator.step.Permission;
import org.incidentorchestrator.step.Plan;
import org.incidentorchestrator.step.RefusalCode;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepContext;
import org.incidentorchestrator.step.verb.Line;
import org.incidentorchestrator.step.verb.Patience;
import org.incidentorchestrator.step.verb.host.SmokeCheck.Result;
import org.springframework.stereotype.Component;

/**
 * The smoke test that needs no script: nodes, workloads, pods, services and their health in the namespaces that are ours,
 * and Argo CD's applications. Every check is made and told, none ends the test; it has passed only when none has failed
 * and none is unknown.
 */
@Component
@RunbookLines({"P01", "P07"})
final class RunSmokeTest implements Step<RunSmokeTest.Input, RunSmokeTest.Output> {
    private final ClusterSettings settings;
    private final ArgoCdSettings argoCd;

    RunSmokeTest(ClusterSettings settings, ArgoCdSettings argoCd) {
        this.settings = settings;
        this.argoCd = argoCd;
    }

    record Input() {}

    /**
     * @param smokeTest passed, failed, or unknown: none has failed, and some could not be made
     * @param smokeText of those that did not pass, one line
     */
    record Output(String smokeTest, int checks, int failedChecks, int unknownChecks, String smokeText) {}

    @Override
    public Plan<Output> plan(Input in, StepContext context) {
        SmokeRound round = new SmokeRound(context.cluster(), new Patience());
        round.nodes();
        settings.namespaces().forEach(round::workloads);
        settings.namespaces().forEach(round::pods);
        String argo = round.applications(argoCd.namespace());
        settings.namespaces().forEach(round::services);
        List<SmokeCheck> checks = round.checks();
        Output output = output(checks);
        String source = String.join("; ", round.lines());
        return new Plan<>(
                "Smoke test %s: %d checks, %d failed, %d unknown%s%s"
                        .formatted(
                                output.smokeTest,
                                output.checks,
                                output.failedChecks,
                                output.unknownChecks,
                                output.smokeText.isEmpty() ? "" : ": " + output.smokeText,
                                argo),
                List.of(),
                round.lines(),
                List.of(Artefact.text("smoke-test.txt", source, table(checks))),
                output);
    }

    private static Output output(List<SmokeCheck> checks) {
        String text = checks.stream()
                .filter(check -> check.result() != Result.PASSED)
                .sorted(Comparator.comparing(SmokeCheck::result).reversed())
                .map(check -> check.what() + ": " + check.text())
                .collect(Collectors.joining("; "));
        Result worst = checks.stream()
                .map(SmokeCheck::result)
                .max(Comparator.naturalOrder())
                .orElse(Result.UNKNOWN);
        return new Output(
                worst.word(),
                checks.size(),
                count(checks, Result.FAILED),
                count(checks, Result.UNKNOWN),
                Line.of(text, Line.MODEL));
    }

    private static int count(List<SmokeCheck> checks, Result result) {
        return (int) checks.stream().filter(check -> check.result() == result).count();
    }

    private static String table(List<SmokeCheck> checks) {
        Table table = Table.of("CHECK", "RESULT", "FOUND");
        checks.forEach(check -> table.row(check.what(), check.result().word(), check.text()));
        return table.toString();
    }

    @Override
    public Set<Permission> permissions() {
        return Set.of(
                Permission.look("", "nodes", "list"),
                Permission.look("apps", "deployments", "list"),
                Permission.look("apps", "statefulsets", "list"),
                Permission.look("apps", "daemonsets", "list"),
                Permission.look("", "pods", "list"),
                Permission.look("", "services", "list"),
                Permission.look("discovery.k8s.io", "endpointslices", "list"),
                Permission.look("argoproj.io", "applications", "list"),
                Permission.look("", "services/proxy", "get"));
    }

    @Override
    public Set<RefusalCode> codes() {
        return Set.of();
    }
}
