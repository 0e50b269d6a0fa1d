package org.incidentorchestrator.approval.gate.access;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.filter.Filter;
import org.camunda.bpm.engine.impl.AbstractQuery;
import org.camunda.bpm.engine.impl.TaskQueryImpl;
import org.camunda.bpm.engine.impl.cmd.CompleteTaskCmd;
import org.camunda.bpm.engine.impl.cmd.SaveFilterCmd;
import org.camunda.bpm.engine.impl.cmd.SubmitStartFormCmd;
import org.camunda.bpm.engine.impl.cmd.SubmitTaskFormCmd;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.incidentorchestrator.incident.IncidentNumber;
import org.incidentorchestrator.runbook.ModelExpressions;

/**
 * Every command that somebody gives the engine passes here, before its transaction begins. Those that {@link
 * KnownCommands} does not know are refused, {@link ClosedChecks} judges the others; what either refuses, or the engine's
 * own permissions, is recorded after the rollback. What a listener refused is told in the listener's own words: the
 * engine would wrap it, and answer with 500.
 */
final class CommandDoor extends CommandInterceptor {
    private static final Set<Class<?>> ANSWERS =
            Set.of(CompleteTaskCmd.class, SubmitTaskFormCmd.class, SubmitStartFormCmd.class);

    private static final String PEOPLE = "org.incidentorchestrator.approval.";

    private final IdentityService identities;
    private final Refusals refusals;

    CommandDoor(IdentityService identities, Refusals refusals) {
        this.identities = identities;
        this.refusals = refusals;
    }

    @Override
    public <T> T execute(Command<T> command) {
        Optional<String> person = Asked.by(identities);
        if (person.isEmpty()) {
            return next.execute(command);
        }
        if (KnownCommands.AFTER_A_JOB.contains(command.getClass())) {
            // The engine would count a refused execution as a failure of the job, and spend one of its retries.
            return null;
        }
        boolean outermost = Context.getCommandContext() == null;
        try {
            pass(command);
            return next.execute(command);
        } catch (ProcessEngineException refused) {
            throw outermost ? told(command, person.get(), refused) : refused;
        }
    }

    private static void pass(Command<?> command) {
        KnownCommands.refusal(command.getClass()).ifPresent(closed -> {
            throw new AccessRefused(closed.message(Asked.name(command.getClass())), Optional.empty());
        });
        if (command instanceof SaveFilterCmd) {
            refuseExpressions(Asked.given(command, "filter"));
        }
    }

    /** They would be stored, and only be refused to whoever opens the filter. */
    private static void refuseExpressions(Filter filter) {
        if (filter.getQuery() instanceof AbstractQuery<?, ?> query) {
            List<String> code = parts(query)
                    .flatMap(part -> part.getExpressions().values().stream())
                    .filter(expression -> !ModelExpressions.WHO_ASKS.contains(expression))
                    .toList();
            if (!code.isEmpty()) {
                throw new AccessRefused(
                        "Refused: save filter. An expression in a filter is code that runs inside of this program; name values instead of %s, or use one of %s."
                                .formatted(code, ModelExpressions.WHO_ASKS),
                        Optional.empty());
            }
        }
    }

    /** The query itself, and what is in its {@code orQueries}. */
    private static Stream<AbstractQuery<?, ?>> parts(AbstractQuery<?, ?> query) {
        return query instanceof TaskQueryImpl ofTasks
                ? Stream.concat(Stream.of(query), ofTasks.getQueries().stream())
                : Stream.of(query);
    }

    private RuntimeException told(Command<?> command, String person, ProcessEngineException thrown) {
        ProcessEngineException reason = reason(thrown);
        if (reason instanceof BadUserRequestException && ANSWERS.contains(command.getClass())) {
            reason = new WrongAnswer(reason.getMessage(), reason);
        }
        boolean refused = !(reason instanceof ToldAlready)
                && (reason instanceof AuthorizationException || reason instanceof WrongAnswer);
        if (refused && !KnownCommands.reads(command.getClass())) {
            refusals.record(person, Asked.name(command.getClass()), incident(reason), reason.getMessage());
        }
        return reason;
    }

    /** The refusal inside of what the engine made of it; what is none stays as it is. */
    private static ProcessEngineException reason(ProcessEngineException thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause.getClass().getName().startsWith(PEOPLE) && !(cause instanceof ProcessEngineException)) {
                // A rule about people refused it in a listener, and has recorded that itself.
                return new ToldAlready(cause);
            }
            if (cause instanceof AuthorizationException
                    || cause instanceof WrongAnswer
                    || cause instanceof BadUserRequestException) {
                return (ProcessEngineException) cause;
            }
        }
        return thrown;
    }

    private Optional<IncidentNumber> incident(ProcessEngineException reason) {
        if (reason instanceof WrongAnswer wrong) {
            return wrong.incident();
        } else if (reason instanceof AccessRefused refused) {
            return refused.incident();
        }
        return reason instanceof AuthorizationException lacking
                ? next.execute(context -> IncidentOf.lacking(lacking))
                : Optional.empty();
    }

    private static final class ToldAlready extends AuthorizationException {
        private ToldAlready(Throwable cause) {
            super(cause.getMessage());
            initCause(cause);
        }
    }
}
