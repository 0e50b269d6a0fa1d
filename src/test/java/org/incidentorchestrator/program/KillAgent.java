package org.incidentorchestrator.program;

import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.util.Arrays;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.agent.builder.AgentBuilder.RedefinitionStrategy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.matcher.ElementMatchers;

/**
 * Loaded into the program that is tested: has it killed by the thread that gets to a point first, which goes no further.
 * The debugging interface would do the same, but makes a start take three times as long.
 */
public final class KillAgent {
    private KillAgent() {}

    /** @param point class, method, and ENTRY or EXIT, with a space between them */
    public static void agentmain(String point, Instrumentation program) {
        String[] parts = point.split(" ");
        for (Class<?> loaded : program.getAllLoadedClasses()) {
            if (loaded.getName().equals(parts[0])
                    && Arrays.stream(loaded.getDeclaredMethods())
                            .noneMatch(method -> method.getName().equals(parts[1]))) {
                throw new IllegalArgumentException(parts[0] + " has no method " + parts[1]);
            }
        }
        Class<?> advice = parts[2].equals("ENTRY") ? AtEntry.class : AtExit.class;
        new AgentBuilder.Default()
                .disableClassFormatChanges()
                .with(RedefinitionStrategy.RETRANSFORMATION)
                .type(ElementMatchers.named(parts[0]))
                .transform((builder, type, loader, module, domain) ->
                        builder.visit(Advice.to(advice).on(ElementMatchers.named(parts[1]))))
                .installOn(program);
    }

    /** Called by the program at the point. */
    public static synchronized void reached() {
        try {
            long self = ProcessHandle.current().pid();
            new ProcessBuilder("kill", "-KILL", Long.toString(self)).start().waitFor();
            // The signal ends this: until it arrives, the thread must not get past the point.
            Thread.sleep(Long.MAX_VALUE);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    static final class AtEntry {
        private AtEntry() {}

        @Advice.OnMethodEnter
        static void enter() {
            KillAgent.reached();
        }
    }

    static final class AtExit {
        private AtExit() {}

        @Advice.OnMethodExit
        static void exit() {
            KillAgent.reached();
        }
    }
}
