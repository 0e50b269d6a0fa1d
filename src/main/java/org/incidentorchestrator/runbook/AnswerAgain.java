package org.incidentorchestrator.runbook;

import java.util.Set;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.impl.cmd.AssignTaskCmd;
import org.camunda.bpm.engine.impl.cmd.ClaimTaskCmd;
import org.camunda.bpm.engine.impl.cmd.CompleteTaskCmd;
import org.camunda.bpm.engine.impl.cmd.SubmitTaskFormCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;

/**
 * What a person does with a task, done again when it met a timer or a message in the same moment: the engine lets one
 * of the two through and rolls the other back whole. A timer's job comes again by itself; a responder who takes an
 * incident just as it escalates would read of a concurrent transaction instead. What has become impossible meanwhile is
 * refused by the next try, in its own words.
 */
final class AnswerAgain extends CommandInterceptor {
    private static final int TRIES = 5;
    private static final Set<Class<?>> ANSWERS =
            Set.of(ClaimTaskCmd.class, AssignTaskCmd.class, CompleteTaskCmd.class, SubmitTaskFormCmd.class);

    @Override
    public <T> T execute(Command<T> command) {
        // Inside of another command nothing was rolled back yet: that one has to be done again, as a whole.
        boolean alone = Context.getCommandContext() == null;
        for (int left = alone && ANSWERS.contains(command.getClass()) ? TRIES : 1; ; left--) {
            try {
                return next.execute(command);
            } catch (OptimisticLockingException met) {
                if (left == 1) {
                    throw met;
                }
            }
        }
    }
}
