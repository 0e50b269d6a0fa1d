package org.incidentorchestrator.runbook.rules.picture;

import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.SubProcess;
import org.incidentorchestrator.runbook.rules.Known;
import org.incidentorchestrator.runbook.rules.Model;
import org.incidentorchestrator.runbook.rules.ModelRule;
import org.incidentorchestrator.runbook.rules.Violation;

/** The name of a task fits into it; that of a call leaves its marker free. */
final class NamesFit implements ModelRule {
    private static final double FONT = 12;

    /** What the viewer leaves free at both sides together, in px. */
    private static final double PADDING = 10;

    /** What is left for the name below the icon of a task, and above the marker of a call, in px. */
    private static final double BESIDE_ICON = 20;

    private static final double BESIDE_MARKER = 44;

    @Override
    public Stream<Violation> check(Model model, Known known) {
        return Picture.of(model).shapes().entrySet().stream()
                .filter(shape -> shape.getKey() instanceof Activity
                        && !(shape.getKey() instanceof SubProcess)
                        && shape.getKey().getName() != null
                        && !fits((Activity) shape.getKey(), shape.getValue()))
                .map(shape -> model.violation(
                        this, shape.getKey(), "give it a shorter name, or more room: this one does not fit into it"));
    }

    private static boolean fits(Activity activity, Box box) {
        TextSize size = TextSize.of(activity.getName(), FONT, box.width() - PADDING);
        double taken = activity instanceof CallActivity ? BESIDE_MARKER : BESIDE_ICON;
        return size.width() <= box.width() - PADDING && size.height() <= box.height() - taken;
    }
}
