package org.incidentorchestrator.runbook.rules.picture;

import java.util.List;
import org.incidentorchestrator.runbook.rules.ModelRule;

/** All rules about pictures, in the order in which an eye meets them. */
public final class PictureRules {
    public static final List<ModelRule> ALL = List.of(
            new DrawnWhole(),
            new MainRowRunsRight(),
            new NodesDoNotOverlap(),
            new LiesInItsScope(),
            new FlowsAreOrthogonal(),
            new FlowsDoNotCross(),
            new FlowsAvoidNodes(),
            new LabelsAreFree(),
            new NamesFit());

    private PictureRules() {}
}
