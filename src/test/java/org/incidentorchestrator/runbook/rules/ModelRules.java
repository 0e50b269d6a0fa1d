package org.incidentorchestrator.runbook.rules;

import java.util.List;

/** All rules, in the order in which a reader would ask. */
public final class ModelRules {
    public static final List<ModelRule> ALL = List.of(
            new OneProcessPerFile(),
            new ProcessAttributes(),
            new Documented(),
            new ElementId(),
            new Labelled(),
            new GatewayAsks(),
            new GatewayDecides(),
            new ServiceTaskBindsToBean(),
            new StepExists(),
            new StepsAreAsync(),
            new CodesAreCaught(),
            new UnknownOutcomeIsForPeople(),
            new LookBeforeAct(),
            new CaptureBeforeAct(),
            new VerifyAfterAct(),
            new NoStepInterrupted(),
            new AsyncAfterMessage(),
            new NoTerminateEnd(),
            new CallPassesItsVariables(),
            new TimersAreSettings(),
            new NoCode(),
            new ExpressionsReachFewBeans(),
            new MessagesAndErrorsAreNamed(),
            new DecisionExists(),
            new FormOfTask(),
            new TaskHasGroup(),
            new ObligationIsKnown(),
            new DrawnWhole(),
            new FlowsAreOrthogonal(),
            new NodesDoNotOverlap());

    private ModelRules() {}
}
