package org.incidentorchestrator.step.verb;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.beans.Introspector;
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.incidentorchestrator.cluster.Change.Identity;
import org.incidentorchestrator.step.RunbookLines;
import org.incidentorchestrator.step.Step;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.stereotype.Component;

/** What all verbs have in common, so that models can be written against them. */
class VerbShapeTest {
    private static final Set<Class<?>> FACTS =
            Set.of(String.class, int.class, long.class, double.class, boolean.class, Instant.class);

    static Stream<JavaClass> verbs() {
        return new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("org.incidentorchestrator.step.verb")
                        .that(com.tngtech.archunit.base.DescribedPredicate.describe(
                                "are steps", type -> type.isAssignableTo(Step.class)))
                        .stream();
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void a_verb_is_a_final_component_without_state_of_its_own(JavaClass verb) {
        assertThat(verb.getModifiers()).contains(JavaModifier.FINAL);
        assertThat(verb.isAnnotatedWith(Component.class)).isTrue();
        assertThat(verb.getFields()).allMatch(field -> field.getModifiers().contains(JavaModifier.FINAL));
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void inputs_and_outputs_are_small_typed_facts(JavaClass verb) throws ClassNotFoundException {
        assertThat(components(verb, "Input"))
                .extracting(RecordComponent::getType)
                .isSubsetOf(FACTS);
        assertThat(components(verb, "Output"))
                .extracting(RecordComponent::getType)
                .isSubsetOf(FACTS);
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void a_verb_names_the_runbook_lines_that_it_carries_out(JavaClass verb) {
        assertThat(verb.getAnnotationOfType(RunbookLines.class).value()).isSubsetOf(Obligations.ids());
    }

    @Test
    void each_line_that_reads_changes_executes_or_runs_something_has_a_verb() {
        assertThat(Verbs.all().stream()
                        .flatMap(step -> Stream.of(step.getClass()
                                .getAnnotation(RunbookLines.class)
                                .value())))
                .containsAll(Obligations.ofVerbs());
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void a_verb_depends_on_no_other_verb(JavaClass verb) {
        assertThat(verb.getDirectDependenciesFromSelf().stream()
                        .map(dependency -> dependency.getTargetClass())
                        .filter(type -> type.isAssignableTo(Step.class)
                                && !type.getName().equals(Step.class.getName()))
                        .filter(type -> !type.equals(verb)))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void only_a_verb_that_changes_asks_for_rights_to_change(JavaClass verb) {
        Step<?, ?> step = Verbs.named(Introspector.decapitalize(verb.getSimpleName()));
        boolean asks = step.permissions().stream()
                .anyMatch(right -> Set.of(Identity.CHANGE, Identity.ISOLATE).contains(right.identity()));
        assertThat(!asks || step.changes()).isTrue();
    }

    private static List<RecordComponent> components(JavaClass verb, String record) throws ClassNotFoundException {
        return Arrays.asList(Class.forName(verb.getName() + "$" + record).getRecordComponents());
    }
}
