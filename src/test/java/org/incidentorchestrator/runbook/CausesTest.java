package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.impl.DefaultDmnEngineConfiguration;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.ErrorEventDefinition;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.ServiceTask;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaIn;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaInputParameter;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaOut;
import org.camunda.bpm.model.bpmn.instance.camunda.CamundaOutputParameter;
import org.camunda.bpm.model.dmn.Dmn;
import org.camunda.bpm.model.dmn.instance.OutputEntry;
import org.camunda.bpm.model.dmn.instance.Rule;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.incidentorchestrator.runbook.rules.Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The tables that name a cause, row by row and at their bounds, and what follows from each cause. */
class CausesTest {
    private static final DmnEngine ENGINE = new DefaultDmnEngineConfiguration().buildEngine();
    private static final List<String> CAUSES =
            List.of("pending-cause", "unreachable-cause", "error-cause", "slow-cause", "common-cause");
    private static final String NOT_KNOWN = "The cause is not known";

    @ParameterizedTest
    @CsvSource({
        "volume, pending, 1, 0, 2, claimUnbound",
        "volume, pending, 0, 0, 2, volumeElsewhere",
        "volume, pending, , , , volumeElsewhere",
        "resources, pending, 1, 1, 2, noRoom",
        "taint, pending, 0, 0, 2, taint",
        "affinity, pending, 0, 0, 2, placement",
        "nodes, pending, 0, 0, 2, nodesClosed",
        "gate, pending, 0, 0, 2, schedulingGate",
        "other, pending, 0, 0, 2, unknown",
        "resources, imagePull, 0, 0, 2, noRoom",
        "none, imagePull, 0, 1, 2, imagePull",
        "none, configError, 0, 0, 2, configError",
        "none, oomKilled, 0, 0, 2, oomKilled",
        "none, crashLoop, 0, 0, 2, crashLoop",
        "none, pending, 0, 1, 0, quota",
        "none, pending, 0, 0, 0, notCreated",
        "none, pending, , , 0, notCreated",
        "none, pending, 1, 0, 1, notStarted",
        "none, pending, , , , notStarted",
        "none, notReady, 0, 0, 2, podsNotReady",
        "none, none, 1, 1, 2, wellNow",
        "none, neverHeardOf, 0, 0, 2, unknown",
        ", , , , , unknown",
    })
    void pods_stuck_in_pending_have_this_cause(
            String scheduling, String podCause, Integer troubledClaims, Integer refused, Integer pods, String cause) {
        assertThat(decide(
                        "pending-cause",
                        values(
                                "scheduling", scheduling,
                                "podCause", podCause,
                                "troubledClaims", troubledClaims,
                                "refused", refused,
                                "pods", pods)))
                .isEqualTo(cause);
    }

    @ParameterizedTest
    @CsvSource({
        "noService, 2, unknown, none, -1, 0, 0, 0, noService",
        "selectsNothing, 0, unknown, none, -1, 0, 0, 0, noPods",
        "selectsNothing, 1, notReached, refused, -1, 3, 0, 0, selectorMisses",
        "selectsNothing, , , , , , , , selectorMisses",
        "portNotDeclared, 2, notReached, refused, -1, 3, 0, 0, portNotDeclared",
        "noSelector, 2, notReached, refused, -1, 3, 0, 0, endpointsByHand",
        "podsNotReady, 2, notReached, refused, -1, 0, 3, 1, podsNotReady",
        "noSlice, 2, notReached, refused, -1, 3, 0, 0, noSlice",
        "none, 2, notReached, dns, -1, 3, 0, 1, dnsDenied",
        "none, 2, notReached, dns, -1, 3, 0, 0, dns",
        "none, 2, unknown, none, -1, 0, 1, 0, policyDenies",
        "none, 2, notReached, timeout, -1, 0, 3, 0, policyDenies",
        "none, 2, unknown, none, -1, 1, 3, 0, unknown",
        "none, 2, notReached, refused, -1, 3, 0, 0, portClosed",
        "none, 2, notReached, timeout, -1, 3, 1, 0, networkSilent",
        "none, 2, notReached, other, -1, 3, 0, 0, unknown",
        "none, 2, reached, none, 500, 3, 1, 0, answersErrors",
        "none, 2, reached, none, 503, 3, 0, 0, answersErrors",
        "none, 2, reached, none, 499, 3, 0, 0, outsideOnly",
        "none, 2, reached, none, 200, 3, 1, 0, policyDeniesSome",
        "none, 2, reached, none, 200, 3, 0, 1, outsideOnly",
        "none, 2, reached, none, 200, , , , outsideOnly",
        "none, 2, unknown, none, -1, 3, 0, 0, unknown",
        ", , , , , , , , unknown",
    })
    void a_service_that_is_not_reached_has_this_cause(
            String lack,
            Integer pods,
            String reach,
            String failure,
            Integer status,
            Integer allowed,
            Integer denied,
            Integer withoutDns,
            String cause) {
        assertThat(decide(
                        "unreachable-cause",
                        values(
                                "lack", lack,
                                "pods", pods,
                                "reach", reach,
                                "failure", failure,
                                "status", status,
                                "allowed", allowed,
                                "denied", denied,
                                "withoutDns", withoutDns)))
                .isEqualTo(cause);
    }

    @ParameterizedTest
    @CsvSource({
        "oomKilled, 1, true, 0.0, 5, oomKilled",
        "crashLoop, 1, true, 0.0, 5, crashLoop",
        "imagePull, 0, false, -1, 0, brokenRelease",
        "configError, 0, false, -1, 0, brokenRelease",
        "pending, 0, false, -1, 5, podsMissing",
        "notReady, 0, false, -1, 5, podsNotReady",
        "none, 1, true, 0.5, 5, nodeOutOfMemory",
        "none, -1, true, 0.99, 5, errorsGone",
        "none, 0, true, 0.0, 0, errorsGone",
        "none, 0, true, 1.0, 1, programErrors",
        "none, 0, false, -1, 1, programErrors",
        "none, -1, , , 1, programErrors",
        "none, 0, true, 7.5, 0, unknown",
        "none, 0, false, -1, 0, unknown",
        ", , , , , unknown",
    })
    void errors_have_this_cause(
            String podCause,
            Integer nodeOoms,
            Boolean errorPercentKnown,
            Double errorPercent,
            Integer errorLines,
            String cause) {
        assertThat(decide(
                        "error-cause",
                        values(
                                "podCause", podCause,
                                "nodeOoms", nodeOoms,
                                "errorPercentKnown", errorPercentKnown,
                                "errorPercent", errorPercent,
                                "errorLines", errorLines)))
                .isEqualTo(cause);
    }

    @ParameterizedTest
    @CsvSource({
        "oomKilled, 90, 90, 50, 5, 0, 300, 900, true, 900, oomKilled",
        "crashLoop, 90, 90, 50, 5, 0, 300, 900, true, 900, crashLoop",
        "imagePull, 90, 90, 0, 5, 5, 1, 4, false, -1, brokenRelease",
        "configError, 90, 90, 0, 5, 5, 1, 4, false, -1, brokenRelease",
        "pending, 90, 90, 0, 5, 5, 1, 4, false, -1, podsMissing",
        "notReady, 90, 90, 0, 5, 5, 1, 4, false, -1, podsNotReady",
        "none, 81, 90, 50, 5, 5, 1, 900, true, 900, cpuThrottled",
        "none, 80, 86, 50, 5, 5, 1, 900, true, 900, memoryShort",
        "none, 80, 85, 11, 5, 5, 1, 900, true, 900, connectionsLeak",
        "none, 80, 85, 10, 2, 0, -1, -1, false, -1, noAnswer",
        "none, 80, 85, 10, 5, 5, 251, 900, true, 900, slowNetwork",
        "none, 80, 85, 10, 5, 5, 250, 501, false, -1, slowDependency",
        "none, -1, -1, 0, 5, 1, -1, 501, false, -1, slowDependency",
        "none, 10, 10, 0, 5, 5, -1, 500, true, 500.5, slowRequests",
        "none, 10, 10, 0, 5, 5, -1, 0, true, 500.0, quickNow",
        "none, 10, 10, 0, 5, 5, -1, 500, false, -1, unknown",
        "none, -1, -1, 0, 0, 0, -1, -1, false, -1, unknown",
        "none, -1, -1, , , , , , true, 900, unknown",
        ", , , , , , , , , , unknown",
    })
    void slowness_has_this_cause(
            String podCause,
            Integer cpuPercent,
            Integer memoryPercent,
            Integer closeWait,
            Integer attempts,
            Integer answers,
            Integer connect,
            Integer p50,
            Boolean p95Known,
            Double p95Millis,
            String cause) {
        assertThat(decide(
                        "slow-cause",
                        values(
                                "podCause", podCause,
                                "cpuPercent", cpuPercent,
                                "memoryPercent", memoryPercent,
                                "closeWait", closeWait,
                                "attempts", attempts,
                                "answers", answers,
                                "connect", connect,
                                "p50", p50,
                                "p95Known", p95Known,
                                "p95Millis", p95Millis)))
                .isEqualTo(cause);
    }

    /** What lies below is the cause of what lies above; unknown is no cause, and hides none. */
    @ParameterizedTest
    @CsvSource({
        "silent, unknown, unknown, true, apiServer",
        "silent, notReady, down, false, apiServer",
        "ok, notReady, down, true, nodeNotReady",
        "ok, ready, down, true, clusterDns",
        "ok, pressure, down, false, clusterDns",
        "ok, pressure, ok, true, nodePressure",
        "ok, ready, ok, true, severalServices",
        "ok, unknown, unknown, true, severalServices",
        "ok, unknown, ok, false, unknown",
        "ok, ready, unknown, false, unknown",
        "ok, ready, notLookedAt, false, none",
        "ok, ready, ok, false, none",
        "ok, ready, notLookedAt, , none",
        "notYet, ready, ok, false, none",
        ", , , , none",
    })
    void services_have_this_in_common(String apiServer, String nodeState, String dns, Boolean several, String cause) {
        assertThat(decide(
                        "common-cause",
                        values("apiServer", apiServer, "nodeState", nodeState, "dns", dns, "several", several)))
                .isEqualTo(cause);
    }

    @Test
    void every_row_says_why() {
        for (String table : Stream.concat(CAUSES.stream(), Stream.of("cause-advice", "cause-runbook"))
                .toList()) {
            assertThat(rules(table))
                    .allSatisfy(rule -> assertThat(rule.getDescription().getTextContent())
                            .as("%s of %s", rule.getId(), table)
                            .isNotBlank());
        }
    }

    @Test
    void whoever_gets_a_cause_is_told_what_to_do_about_it_and_nobody_is_told_of_one_that_nothing_names() {
        Set<String> named = new TreeSet<>();
        CAUSES.forEach(table -> named.addAll(results(table)));
        Set<String> advised = results("cause-advice");

        named.remove("unknown");
        named.remove("none");
        assertThat(named).hasSizeGreaterThan(30);
        assertThat(named).allSatisfy(cause -> assertThat(advice(cause)).isNotEqualTo(advice("unknown")));
        assertThat(advised).hasSize(named.size() + 1);
        assertThat(advice("unknown")).startsWith(NOT_KNOWN);
        assertThat(advice(null)).startsWith(NOT_KNOWN);
    }

    @ParameterizedTest
    @CsvSource({
        "crashLoop, service-down",
        "podsNotReady, service-down",
        "oomKilled, high-memory-usage",
        "memoryShort, high-memory-usage",
        "cpuThrottled, high-cpu-usage",
        "noRoom, none",
        "policyDenies, none",
        "unknown, none",
        ", none",
    })
    void a_cause_has_this_runbook(String cause, String runbook) {
        assertThat(decide("cause-runbook", values("cause", cause))).isEqualTo(runbook);
    }

    @Test
    void a_runbook_that_is_suggested_is_there_and_calls_no_other() {
        Map<String, Model> models =
                ProjectModels.models().stream().collect(Collectors.toMap(Model::key, model -> model));
        Set<String> suggested = new HashSet<>(results("cause-runbook"));
        suggested.remove("none");

        assertThat(suggested).isNotEmpty().allSatisfy(runbook -> {
            assertThat(Path.of("processes/runbooks/" + runbook + ".bpmn")).exists();
            assertThat(called(models, runbook))
                    .as("what %s calls, also by its parts", runbook)
                    .noneMatch(called -> called.startsWith("${"));
        });
    }

    private static Set<String> called(Map<String, Model> models, String key) {
        Set<String> called = new HashSet<>();
        models.get(key)
                .all(CallActivity.class)
                .map(CallActivity::getCalledElement)
                .forEach(part -> {
                    called.add(part);
                    if (models.containsKey(part)) {
                        called.addAll(called(models, part));
                    }
                });
        return called;
    }

    /** A name that is spelled wrongly would show as unknown for ever. */
    @Test
    void what_is_shown_as_seen_is_what_looks_refusals_and_callers_have_given() {
        List<Model> all = ProjectModels.models();
        List<Model> noting =
                all.stream().filter(model -> notes(model).findAny().isPresent()).toList();
        assertThat(noting).hasSizeGreaterThanOrEqualTo(CAUSES.size()).allSatisfy(model -> assertThat(
                        notes(model).flatMap(text -> text.lines()).map(line -> line.substring(line.indexOf(':') + 1)
                                .replaceFirst(", else .*", "")
                                .strip()))
                .as("the facts of %s", model.key())
                .isNotEmpty()
                .isSubsetOf(given(model, all)));
    }

    private static Set<String> given(Model model, List<Model> all) {
        Set<String> given = model.all(CamundaOutputParameter.class)
                .filter(output -> !output.getTextContent().isBlank())
                .map(CamundaOutputParameter::getCamundaName)
                .collect(Collectors.toSet());
        model.all(CallActivity.class)
                .flatMap(call -> mappings(call, CamundaOut.class))
                .forEach(out -> given.add(out.getCamundaTarget()));
        model.all(ErrorEventDefinition.class).findAny().ifPresent(refused -> given.add("lastRefusal"));
        all.stream()
                .flatMap(caller -> caller.all(CallActivity.class))
                .filter(call -> model.key().equals(call.getCalledElement()))
                .flatMap(call -> mappings(call, CamundaIn.class))
                .map(CamundaIn::getCamundaTarget)
                .filter(Objects::nonNull)
                .forEach(given::add);
        return given;
    }

    private static <T extends ModelElementInstance> Stream<T> mappings(CallActivity call, Class<T> which) {
        return call.getExtensionElements().getElementsQuery().filterByType(which).list().stream();
    }

    private static Stream<String> notes(Model model) {
        return model.all(CamundaInputParameter.class)
                .filter(input -> input.getCamundaName().equals("facts"))
                .map(CamundaInputParameter::getTextContent);
    }

    @Test
    void no_two_diagnoses_have_the_same_looks() {
        List<List<String>> looks = ProjectModels.models().stream()
                .filter(model -> Files.exists(Path.of("processes/runbooks", model.key() + ".bpmn")))
                .filter(model -> notes(model).findAny().isPresent())
                .map(model ->
                        model.all(ServiceTask.class).map(FlowNode::getName).toList())
                .toList();
        assertThat(looks).doesNotHaveDuplicates();
    }

    private static String advice(String cause) {
        return decide("cause-advice", values("cause", cause));
    }

    private static Set<String> results(String table) {
        return rules(table).stream()
                .flatMap(rule -> rule.getOutputEntries().stream())
                .map(OutputEntry::getTextContent)
                .map(text -> text.strip().replaceAll("^\"|\"$", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Rule> rules(String table) {
        return List.copyOf(Dmn.readModelFromFile(
                        Path.of("processes/decisions/" + table + ".dmn").toFile())
                .getModelElementsByType(Rule.class));
    }

    private static String decide(String table, Map<String, Object> values) {
        DmnDecision decision = ENGINE.parseDecision(
                table, CausesTest.class.getResourceAsStream("/processes/decisions/" + table + ".dmn"));
        return ENGINE.evaluateDecisionTable(decision, values).getSingleResult().getSingleEntry();
    }

    private static Map<String, Object> values(Object... pairs) {
        Map<String, Object> values = new HashMap<>();
        for (int n = 0; n < pairs.length; n += 2) {
            values.put((String) pairs[n], pairs[n + 1]);
        }
        return values;
    }
}
