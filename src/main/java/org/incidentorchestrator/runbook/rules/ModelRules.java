package org.incidentorchestrator.runbook.rules;

import java.util.Collection;
import java.util.List;

/**
 * All rules, in the order in which a reader would ask. Where a rule asks for a word, the element has it as a
 * {@code camunda:property}: {@code undo} (the step or part that takes a change back) or {@code irreversible} (why none
 * does), {@code verified} and {@code holds} (why it needs no verification, why nobody takes it back), {@code bound} (what
 * ends a timer's loop), {@code evidence} (where it is captured instead), {@code outlives} (why a task outlives its incident),
 * {@code runbook} (the lines it carries out).
 */
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
            new ProposedBeforeAct(),
            new DecidedBeforeAct(),
            new VerifyAfterAct(),
            new SeenToHold(),
            new UndoIsStated(),
            new LeaseEnds(),
            new NoStepInterrupted(),
            new AsyncAfterMessage(),
            new NoTerminateEnd(),
            new CallPassesItsVariables(),
            new TimersAreSettings(),
            new LoopsAreBounded(),
            new TasksHearTheEnd(),
            new NoCode(),
            new ExpressionsReachFewBeans(),
            new MessagesAndErrorsAreNamed(),
            new DecisionExists(),
            new FormOfTask(),
            new TaskHasGroup(),
            new ObligationIsKnown());

    private ModelRules() {}

    /** Where the models break a rule. @param known what they may name; the models that call them are among it */
    public static List<Violation> check(Collection<Model> models, Known known) {
        return models.stream()
                .flatMap(model -> ALL.stream().flatMap(rule -> rule.check(model, known)))
                .toList();
    }
}
