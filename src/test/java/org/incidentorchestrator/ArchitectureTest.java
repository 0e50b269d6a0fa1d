package org.incidentorchestrator;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess.Predicates;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import org.incidentorchestrator.cluster.ClusterWriter;
import org.incidentorchestrator.host.ScriptRunner;
import org.incidentorchestrator.step.Step;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.validation.annotation.Validated;

/** The rules of the packages, each with its reason. */
@AnalyzeClasses(packages = ArchitectureTest.ROOT, importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    static final String ROOT = "org.incidentorchestrator";
    private static final String VERBS = ROOT + ".step.verb..";

    /** Which of our packages each of our packages may import. */
    private static final Map<String, Set<String>> IMPORTS = Map.ofEntries(
            Map.entry("thread", Set.of()),
            Map.entry("incident", Set.of()),
            Map.entry("intake", Set.of("incident", "evidence", "thread")),
            Map.entry("evidence", Set.of("incident", "thread")),
            Map.entry("cluster", Set.of("incident")),
            Map.entry("probe", Set.of()),
            Map.entry("host", Set.of()),
            Map.entry("step", Set.of("incident", "evidence", "cluster", "probe", "host")),
            Map.entry("runbook", Set.of("incident", "evidence", "step", "thread")),
            Map.entry("approval", Set.of("incident", "evidence", "step", "runbook", "thread")),
            Map.entry("notify", Set.of("incident", "evidence", "thread")),
            Map.entry("console", Set.of("intake", "incident", "evidence", "step", "runbook", "approval", "notify")),
            Map.entry("sandbox", Set.of("cluster", "incident")));

    @ArchTest
    static void an_alert_travels_in_one_direction(JavaClasses all) {
        IMPORTS.forEach((name, allowed) -> noClasses()
                .that()
                .resideInAPackage(ours(name))
                .should()
                .dependOnClassesThat(oursOutside(name, allowed))
                .because("an alert travels intake → incident → runbook → step → cluster; " + name + " may import only "
                        + (allowed.isEmpty() ? "itself" : String.join(", ", allowed)))
                .allowEmptyShould(true)
                .check(all));
    }

    @ArchTest
    static void every_package_is_in_the_table(JavaClasses all) {
        ArchRule rule = classes()
                .that()
                .resideOutsideOfPackage(ROOT)
                .should()
                .resideInAnyPackage(
                        IMPORTS.keySet().stream().map(ArchitectureTest::ours).toArray(String[]::new))
                .because("a package that is not in the table of imports could import anything");
        rule.check(all);
    }

    @ArchTest
    static void packages_are_free_of_cycles(JavaClasses all) {
        ArchRule rule = slices().matching(ROOT + ".(**)")
                .should()
                .beFreeOfCycles()
                .because("what knows each other cannot be understood one by one")
                .allowEmptyShould(true);
        rule.check(all);
    }

    @ArchTest
    static void only_cluster_speaks_kubernetes(JavaClasses all) {
        ArchRule rule = noClasses()
                .that()
                .resideOutsideOfPackage(ours("cluster"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.fabric8..")
                .because("steps, sandbox and golden files share one form of an object: KubernetesObject");
        rule.check(all);
    }

    @ArchTest
    static void only_the_edge_speaks_camunda(JavaClasses all) {
        ArchRule rule = noClasses()
                .that()
                .resideOutsideOfPackages(ours("runbook"), ours("approval"), ours("console.access"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.camunda..")
                .because(
                        "the engine must be replaceable by a fork with the same API, at the cost of two packages and the access to the web apps");
        rule.check(all);
    }

    @ArchTest
    static void only_the_runner_writes(JavaClasses all) {
        ArchRule rule = noClasses()
                .that(not(resideInAnyPackage(ours("cluster"), ours("sandbox"))))
                .and(not(named("Sender or nested in it", ROOT + ".step.Sender")))
                .should()
                .callMethodWhere(Predicates.targetOwner(JavaClass.Predicates.assignableTo(ClusterWriter.class)))
                .because("what is written is guarded and recorded before it is sent, in one place");
        rule.check(all);
    }

    @ArchTest
    static void only_the_sender_runs_scripts(JavaClasses all) {
        ArchRule rule = noClasses()
                .that(not(resideInAPackage(ours("host"))))
                .and(not(named("Sender or nested in it", ROOT + ".step.Sender")))
                .should()
                .callMethodWhere(Predicates.targetOwner(JavaClass.Predicates.assignableTo(ScriptRunner.class)))
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(ProcessBuilder.class)
                .because("what runs is guarded, pinned and recorded before it is run, in one place");
        rule.check(all);
    }

    @ArchTest
    static void only_the_runner_has_it_sent(JavaClasses all) {
        ArchRule rule = noClasses()
                .that(not(named("StepRunner or nested in it", ROOT + ".step.StepRunner")))
                .and(not(named("Sender or nested in it", ROOT + ".step.Sender")))
                .should()
                .callMethodWhere(Predicates.targetOwner(
                        describe("Sender", owner -> owner.getName().equals(ROOT + ".step.Sender"))))
                .because("what is sent is guarded and recorded before, in one place");
        rule.check(all);
    }

    @ArchTest
    static void time_is_injected(JavaClasses all) {
        ArchRule rule = noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(LocalDateTime.class, "now")
                .orShould()
                .callMethod(LocalDate.class, "now")
                .orShould()
                .callMethod(OffsetDateTime.class, "now")
                .orShould()
                .callMethod(ZonedDateTime.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(Clock.class, "systemDefaultZone")
                .orShould()
                .callConstructor(Date.class)
                .because("there is one clock, the Clock bean; a test that cannot set the time cannot test a deadline");
        rule.check(all);
    }

    @ArchTest
    static void names_carry_meaning(JavaClasses all) {
        ArchRule rule = noClasses()
                .should()
                .haveNameMatching(".*(Manager|Helper|Utils?|Impl|Dto|Handler|Processor)")
                .because("such a name says where a class stands, not what it is for: name it by what it does");
        rule.check(all);
    }

    @ArchTest
    static void a_verb_is_final(JavaClasses all) {
        ArchRule rule = classes()
                .that()
                .areAssignableTo(Step.class)
                .and()
                .areNotInterfaces()
                .should()
                .haveModifier(JavaModifier.FINAL)
                .andShould()
                .resideInAPackage(VERBS)
                .because("a step is one verb: it is neither a base for others nor a part of the runner")
                .allowEmptyShould(true);
        rule.check(all);
    }

    @ArchTest
    static void a_verb_is_a_leaf(JavaClasses all) {
        ArchRule rule = classes()
                .that()
                .areAssignableTo(Step.class)
                .and()
                .areNotInterfaces()
                .should(dependOnNoOtherVerb())
                .because("verbs are put together in a model, where people can see it")
                .allowEmptyShould(true);
        rule.check(all);
    }

    @ArchTest
    static void a_verb_has_no_state(JavaClasses all) {
        ArchRule rule = fields().that()
                .areDeclaredInClassesThat()
                .areAssignableTo(Step.class)
                .should()
                .beFinal()
                .because("one instance serves all incidents at the same time")
                .allowEmptyShould(true);
        rule.check(all);
    }

    @ArchTest
    static void a_verb_never_writes_and_has_no_clock(JavaClasses all) {
        ArchRule rule = noClasses()
                .that()
                .resideInAPackage(VERBS)
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ClusterWriter.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class)
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage("org.springframework.jdbc..", "org.springframework.transaction..")
                .because("a verb plans from what it sees and from plannedAt; the runner acts")
                .allowEmptyShould(true);
        rule.check(all);
    }

    @ArchTest
    static void settings_are_validated_records(JavaClasses all) {
        ArchRule rule = classes()
                .that()
                .areAnnotatedWith(ConfigurationProperties.class)
                .should()
                .beRecords()
                .andShould()
                .beAnnotatedWith(Validated.class)
                .because("a wrong setting is named at the start, not found at three in the morning")
                .allowEmptyShould(true);
        rule.check(all);
    }

    private static String ours(String name) {
        return ROOT + "." + name + "..";
    }

    private static DescribedPredicate<JavaClass> oursOutside(String name, Set<String> allowed) {
        DescribedPredicate<JavaClass> others = resideInAPackage(ROOT + "..").and(not(resideInAPackage(ours(name))));
        for (String each : allowed) {
            others = others.and(not(resideInAPackage(ours(each))));
        }
        return others.as("reside in one of our other packages");
    }

    private static DescribedPredicate<JavaClass> named(String description, String name) {
        return describe(
                description,
                type -> type.getName().equals(name) || type.getName().startsWith(name + "$"));
    }

    private static ArchCondition<JavaClass> dependOnNoOtherVerb() {
        return new ArchCondition<>("depend on no other verb") {
            @Override
            public void check(JavaClass verb, ConditionEvents events) {
                verb.getDirectDependenciesFromSelf().stream()
                        .filter(dependency -> otherVerb(verb, dependency.getTargetClass()))
                        .forEach(dependency ->
                                events.add(SimpleConditionEvent.violated(verb, dependency.getDescription())));
            }
        };
    }

    private static boolean otherVerb(JavaClass verb, JavaClass target) {
        return !target.equals(verb) && target.isAssignableTo(Step.class) && !target.isInterface();
    }
}
