package org.incidentorchestrator.approval.gate.access;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.camunda.bpm.engine.ProcessEngine;
import org.camunda.bpm.engine.impl.cfg.CommandChecker;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.junit.jupiter.api.Test;

/** Of every command that the engine has, it is known what becomes of it when a person gives it. */
class KnownCommandsTest {
    private static final List<JavaClass> COMMANDS = commands();

    @Test
    void a_command_that_is_left_to_the_checkers_asks_one() {
        assertThat(COMMANDS.stream().filter(command -> KnownCommands.CHECKED.contains(command.getSimpleName())))
                .hasSize(KnownCommands.CHECKED.size())
                .allSatisfy(command ->
                        assertThat(asks(command, 3)).as(command.getName()).isTrue());
    }

    @Test
    void each_command_is_known_or_refused() {
        List<String> refused = new ArrayList<>();
        for (JavaClass command : COMMANDS) {
            if (KnownCommands.refusal(command.reflect()).isPresent()) {
                refused.add(command.getSimpleName());
            }
        }
        assertThat(refused)
                .contains(
                        "SaveAuthorizationCmd",
                        "DeleteAuthorizationCmd",
                        "SaveGroupCmd",
                        "DeleteGroupCmd",
                        "HistoryCleanupCmd",
                        "FetchExternalTasksCmd",
                        "RestartProcessInstancesCmd",
                        "SetProcessDefinitionVersionCmd",
                        "UpdateProcessInstancesSuspendStateCmd",
                        "PurgeDatabaseAndCacheCmd",
                        "SaveAttachmentCmd",
                        "UpdateCommentCmd")
                .hasSizeGreaterThan(70);
    }

    /** By name only queries are open; none of these may be one that writes. */
    @Test
    void what_reads_by_its_name_writes_nothing() {
        assertThat(COMMANDS.stream()
                        .filter(command -> KnownCommands.reads(command.reflect()))
                        .filter(KnownCommandsTest::writes)
                        .map(JavaClass::getSimpleName))
                .isEmpty();
    }

    private static boolean writes(JavaClass command) {
        return command.getMethodCallsFromSelf().stream()
                .anyMatch(call -> call.getTargetOwner().getSimpleName().equals("DbEntityManager")
                        && call.getName().matches("(insert|merge|update|delete).*"));
    }

    private static boolean asks(JavaClass type, int hops) {
        Stream<JavaClass> family = Stream.concat(Stream.of(type), type.getAllRawSuperclasses().stream());
        return family.flatMap(one -> one.getDirectDependenciesFromSelf().stream())
                .map(dependency -> dependency.getTargetClass())
                .distinct()
                .anyMatch(target -> target.getName().equals(CommandChecker.class.getName())
                        || hops > 1
                                && !target.equals(type)
                                && target.getName().matches("org\\.camunda.*(Cmd|BatchBuilder)")
                                && asks(target, hops - 1));
    }

    private static List<JavaClass> commands() {
        try (JarFile engine = new JarFile(Path.of(ProcessEngine.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toFile())) {
            return new ClassFileImporter()
                    .importJar(engine).stream()
                            .filter(type -> type.isAssignableTo(Command.class) && !type.isInterface())
                            .filter(type -> !type.getModifiers().contains(JavaModifier.ABSTRACT))
                            .filter(type -> !type.getPackageName().contains(".test"))
                            .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
