package org.incidentorchestrator.console.command;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.incidentorchestrator.console.api.SimulationView;
import org.incidentorchestrator.console.api.SimulationView.ChangeView;
import org.incidentorchestrator.console.api.SimulationView.Foretold;
import org.incidentorchestrator.console.api.SimulationView.LockView;
import org.incidentorchestrator.console.api.SimulationView.PageView;
import org.incidentorchestrator.console.api.SimulationView.PagingView;
import org.incidentorchestrator.console.api.SimulationView.RunView;
import org.incidentorchestrator.console.api.SimulationView.RunbookView;
import org.incidentorchestrator.console.api.SimulationView.TargetView;

/** What alerts would do, in lines for people. */
final class SimulationText {
    private static final int LABEL = 10;

    private final List<String> lines = new ArrayList<>();

    private SimulationText() {}

    static List<String> of(SimulationView view) {
        var text = new SimulationText();
        view.faults().forEach(fault -> text.lines.add("Not understood: " + fault));
        view.alerts().forEach(text::alert);
        return text.lines;
    }

    private void alert(Foretold alert) {
        String place = alert.namespace() + (alert.workload().isEmpty() ? "" : "/" + alert.workload());
        lines.add("%s %s: %s, because %s".formatted(alert.alertName(), place, alert.outcome(), alert.reason()));
        alert.inWords().forEach(sentence -> say("", sentence));
        say("severity", alert.severity());
        if (alert.run() != null) {
            run(alert.run());
        }
        if (alert.paging() != null) {
            paging(alert.paging());
        }
    }

    private void run(RunView run) {
        say("target", target(run.target()));
        if (run.target().lock() != null) {
            say("lock", lock(run.target().lock()));
        }
        say("runbook", runbook(run.runbook()));
        say("mode", run.mode());
        run.refusals().forEach(no -> say("refused", no.message() + " " + no.remedy()));
        run.changes().stream().map(SimulationText::change).distinct().forEach(change -> say("may", change));
    }

    private static String target(TargetView target) {
        return target.id() == null
                ? target.state() + ": " + target.why()
                : "%s, %d replicas".formatted(target.id(), target.replicas());
    }

    private static String lock(LockView lock) {
        return lock.incident() == null
                ? lock.state()
                : "%s by %s since %s".formatted(lock.state(), lock.incident(), lock.lastStep());
    }

    private static String runbook(RunbookView runbook) {
        return runbook.key() == null
                ? "%s, if the target is there. %s".formatted(runbook.ifFound(), runbook.because())
                : "%s (%s: %s)".formatted(runbook.key(), runbook.row(), runbook.because());
    }

    private static String change(ChangeView change) {
        return "%s; decided by: %s".formatted(change.step(), change.decider());
    }

    private void paging(PagingView paging) {
        for (PageView page : paging.pages()) {
            String people = page.onCall().isEmpty() ? "nobody outside of Tasklist" : String.join(", ", page.onCall());
            say("pages", "%s %s: %s".formatted(page.at(), page.title(), people));
        }
        if (paging.hours() != null) {
            say("hours", paging.hours());
        }
    }

    private void say(String label, String text) {
        String padded = label + " ".repeat(LABEL - label.length());
        lines.add(text.lines().collect(Collectors.joining("\n" + " ".repeat(LABEL + 2), "  " + padded, "")));
    }
}
