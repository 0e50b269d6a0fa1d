package org.incidentorchestrator.runbook.rules;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.Process;

/** One spelling everywhere: file name, process key, URL. */
final class OneProcessPerFile implements ModelRule {
    private static final Pattern KEBAB = Pattern.compile("[a-z]+(-[a-z]+)*");

    @Override
    public Stream<Violation> check(Model model, Known known) {
        List<Process> processes = model.all(Process.class).toList();
        if (processes.size() != 1) {
            return Stream.of(model.violation(this, "holds " + processes.size() + " processes; give each a file"));
        }
        Process process = processes.get(0);
        boolean same = (process.getId() + ".bpmn").equals(model.file())
                && KEBAB.matcher(process.getId()).matches();
        return same
                ? Stream.empty()
                : Stream.of(model.violation(this, process, "give the file the name of the process key, in kebab-case"));
    }
}
