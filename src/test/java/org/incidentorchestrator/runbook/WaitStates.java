package org.incidentorchestrator.runbook;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.camunda.bpm.model.bpmn.instance.Activity;
import org.camunda.bpm.model.bpmn.instance.CallActivity;
import org.camunda.bpm.model.bpmn.instance.CatchEvent;
import org.camunda.bpm.model.bpmn.instance.EventBasedGateway;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.MessageEventDefinition;
import org.camunda.bpm.model.bpmn.instance.ReceiveTask;
import org.camunda.bpm.model.bpmn.instance.StartEvent;
import org.camunda.bpm.model.bpmn.instance.TimerEventDefinition;
import org.camunda.bpm.model.bpmn.instance.UserTask;
import org.incidentorchestrator.runbook.rules.Model;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Where an instance can stand when the program is ended: at a task of people, at a message, a time or a gateway that waits
 * for them, and before whatever is done in a job of its own. In between the engine is in a transaction, which an end of the
 * program takes back.
 */
final class WaitStates {
    /**
     * @param element its id, as {@code service-down · userTask_x}
     * @param id what the engine knows it by, as long as it stands there
     */
    record Standing(String element, String id) {
        /** @param model its key, or empty for any */
        boolean of(String model) {
            return model.isEmpty() || element.startsWith(model + " · ");
        }
    }

    private static final String OF_A_RELEASE =
            """
            select d.key_ || ' · ' || e.act_id_ as element, e.id_ as id
              from act_ru_execution e join act_re_procdef d on d.id_ = e.proc_def_id_
             where d.deployment_id_ = :release and e.act_id_ is not null
            union select d.key_ || ' · ' || f.act_id_, j.id_
              from act_ru_job j join act_ru_jobdef f on f.id_ = j.job_def_id_ join act_re_procdef d on d.id_ = j.process_def_id_
             where d.deployment_id_ = :release and j.process_instance_id_ is not null
            union select d.key_ || ' · ' || s.activity_id_, s.id_
              from act_ru_event_subscr s join act_ru_execution e on e.id_ = s.execution_id_
              join act_re_procdef d on d.id_ = e.proc_def_id_
             where d.deployment_id_ = :release""";

    private WaitStates() {}

    /** All that a release has. */
    static Set<String> of(Release release) {
        return release.reading().models().stream()
                .flatMap(model -> model.all(FlowNode.class)
                        .filter(WaitStates::stands)
                        .map(node -> model.key() + " · " + node.getId()))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * Whether an instance of a model can be open when the program is ended. One that neither waits nor calls another model
     * begins and ends in one transaction: it has ended, or was never there.
     */
    static boolean canBeOpen(Model model) {
        return model.all(FlowNode.class).anyMatch(node -> stands(node) || node instanceof CallActivity);
    }

    private static boolean stands(FlowNode node) {
        return node instanceof UserTask
                || node instanceof ReceiveTask
                || node instanceof EventBasedGateway
                || node instanceof CatchEvent event && !(event instanceof StartEvent) && waits(event)
                || Model.attribute(node, "asyncBefore").equals("true")
                || node instanceof Activity activity
                        && activity.getLoopCharacteristics() != null
                        && Model.attribute(activity.getLoopCharacteristics(), "asyncBefore")
                                .equals("true");
    }

    private static boolean waits(CatchEvent event) {
        return event.getEventDefinitions().stream()
                .anyMatch(each -> each instanceof MessageEventDefinition || each instanceof TimerEventDefinition);
    }

    /** Where the instances of a deployment stand now. */
    static Set<Standing> now(JdbcClient jdbc, String deployment) {
        return jdbc.sql(OF_A_RELEASE)
                .param("release", deployment)
                .query((row, each) ->
                        new Standing(row.getString("element").replace("#multiInstanceBody", ""), row.getString("id")))
                .set();
    }
}
