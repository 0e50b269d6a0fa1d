package org.incidentorchestrator.program;

import java.lang.instrument.Instrumentation;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.agent.builder.AgentBuilder.RedefinitionStrategy;
import net.bytebuddy.asm.Advice;
import net.bytebuddy.implementation.bytecode.assign.Assigner;
import net.bytebuddy.matcher.ElementMatchers;

/**
 * Loaded into the program that is attacked: while a control is switched off its method does nothing, and finds nothing
 * wrong. The program itself has no such switch.
 */
public final class ControlAgent {
    private static final Set<String> OFF = ConcurrentHashMap.newKeySet();
    private static final Set<String> PREPARED = ConcurrentHashMap.newKeySet();

    private ControlAgent() {}

    /**
     * @param order {@code off} and the methods that are off from now on ({@code class!method}), all others being on; or
     *     {@code sql}, a JDBC URL and a statement, which whoever has the database's password could run
     */
    public static void agentmain(String order, Instrumentation program) throws Exception {
        if (order.startsWith("sql ")) {
            sql(order.split(" ", 3), program);
            return;
        }
        OFF.clear();
        for (String method : order.split(" ")) {
            if (method.contains("!")) {
                prepare(method, program);
                OFF.add(method);
            }
        }
    }

    private static void prepare(String point, Instrumentation program) {
        if (!PREPARED.add(point)) {
            return;
        }
        String[] parts = point.split("!");
        for (Class<?> loaded : program.getAllLoadedClasses()) {
            if (loaded.getName().equals(parts[0])
                    && Arrays.stream(loaded.getDeclaredMethods())
                            .noneMatch(method -> method.getName().equals(parts[1]))) {
                throw new IllegalArgumentException(parts[0] + " has no method " + parts[1]);
            }
        }
        new AgentBuilder.Default()
                .disableClassFormatChanges()
                .with(RedefinitionStrategy.RETRANSFORMATION)
                .type(ElementMatchers.named(parts[0]))
                .transform((builder, type, loader, module, domain) -> builder.visit(Advice.to(Nothing.class)
                                .on(ElementMatchers.named(parts[1]).and(ElementMatchers.returns(void.class))))
                        .visit(Advice.to(NothingWrong.class)
                                .on(ElementMatchers.named(parts[1])
                                        .and(ElementMatchers.not(ElementMatchers.returns(void.class))))))
                .installOn(program);
    }

    private static void sql(String[] order, Instrumentation program) throws Exception {
        Class<?> driver = Arrays.stream(program.getAllLoadedClasses())
                .filter(type -> type.getName().equals("org.h2.Driver"))
                .findFirst()
                .orElseThrow();
        Properties user = new Properties();
        user.setProperty("user", "sa");
        try (Connection connection = ((Driver) driver.getDeclaredConstructor().newInstance()).connect(order[1], user);
                Statement statement = connection.createStatement()) {
            statement.execute(order[2]);
        }
    }

    /** Asked by each method that has a switch, whenever it is called. */
    public static boolean off(String point) {
        return OFF.contains(point);
    }

    /** What a rule returns that is content. */
    public static Object content(Object usual, String returns) {
        return switch (returns) {
            case "java.util.Optional" -> Optional.empty();
            case "boolean" -> Boolean.TRUE;
            default -> usual;
        };
    }

    static final class Nothing {
        private Nothing() {}

        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(@Advice.Origin("#t!#m") String point) {
            return ControlAgent.off(point);
        }
    }

    static final class NothingWrong {
        private NothingWrong() {}

        @Advice.OnMethodEnter(skipOn = Advice.OnNonDefaultValue.class)
        static boolean enter(@Advice.Origin("#t!#m") String point) {
            return ControlAgent.off(point);
        }

        @Advice.OnMethodExit
        static void exit(
                @Advice.Enter boolean off,
                @Advice.Origin("#r") String returns,
                @Advice.Return(readOnly = false, typing = Assigner.Typing.DYNAMIC) Object returned) {
            if (off) {
                returned = ControlAgent.content(returned, returns);
            }
        }
    }
}
