package org.incidentorchestrator.approval.gate.access;

import java.lang.reflect.Field;
import java.util.Optional;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.identity.Authentication;
import org.camunda.bpm.engine.impl.interceptor.Command;

/** What is being asked of the engine, and by whom. */
final class Asked {
    private Asked() {}

    /** Who asks; empty where the program itself does: in a job, a delegate, a listener, {@code AsProgram}. */
    static Optional<String> by(IdentityService identities) {
        var context = Context.getCommandContext();
        if (context != null && !context.isAuthorizationCheckEnabled()) {
            return Optional.empty();
        }
        return Optional.ofNullable(identities.getCurrentAuthentication()).map(Authentication::getUserId);
    }

    static Command<?> command() {
        return Context.getCommandInvocationContext().getCommand();
    }

    /** In words: {@code modify process instance}. */
    static String name(Class<?> command) {
        return command.getSimpleName()
                .replaceAll("(Cmd|Command)$", "")
                .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
                .toLowerCase(java.util.Locale.ROOT);
    }

    /**
     * What a command was given. The engine's commands keep that to themselves; a later engine without the field fails
     * the request, it lets nothing through.
     */
    @SuppressWarnings("unchecked")
    static <T> T given(Command<?> command, String field) {
        for (Class<?> type = command.getClass(); type != null; type = type.getSuperclass()) {
            try {
                Field found = type.getDeclaredField(field);
                found.setAccessible(true);
                return (T) found.get(command);
            } catch (NoSuchFieldException e) {
                // It may be its parent's.
            } catch (IllegalAccessException e) {
                throw new IllegalStateException(e);
            }
        }
        throw new IllegalStateException(
                "The engine's command %s has no '%s' any more".formatted(command.getClass(), field));
    }
}
