package org.incidentorchestrator.program;

import static org.incidentorchestrator.program.Attack.ADMIN;
import static org.incidentorchestrator.program.Attack.closed;
import static org.incidentorchestrator.program.Attack.delete;
import static org.incidentorchestrator.program.Attack.post;
import static org.incidentorchestrator.program.Attack.put;

import java.util.List;
import org.incidentorchestrator.program.Attack.Attempt;

/** Exchanges what runs, or what is kept of it. */
final class ModelAttacks {
    private static final String MODEL =
            "--x\r\nContent-Disposition: form-data; name=\"deployment-name\"\r\n\r\nmine\r\n--x\r\n"
                    + "Content-Disposition: form-data; name=\"data\"; filename=\"mine.bpmn\"\r\n"
                    + "Content-Type: application/octet-stream\r\n\r\n"
                    + "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\""
                    + " xmlns:camunda=\"http://camunda.org/schema/1.0/bpmn\" targetNamespace=\"t\">"
                    + "<process id=\"mine\" isExecutable=\"true\" camunda:historyTimeToLive=\"P1D\"><startEvent id=\"s\"/></process>"
                    + "</definitions>\r\n--x--\r\n";

    private ModelAttacks() {}

    static List<Attack> all() {
        Effect forgotten = s -> s.count("/history/process-instance", "processInstanceId=" + s.endedByHand()) == 0;
        return List.of(
                closed(
                        "deploy a model without a gate",
                        (a, s) -> a.ask("POST", "/deployment/create", "multipart/form-data; boundary=x", MODEL),
                        Effect.more("/process-definition", s -> "key=mine"),
                        Control.CHECKER,
                        Control.PERMISSIONS),
                closed(
                        "deploy the same again",
                        post(s -> "/deployment/"
                                + s.get("/process-definition/" + s.definition())
                                        .path("deploymentId")
                                        .asText() + "/redeploy"),
                        Effect.more("/process-definition", s -> "key=page-responders"),
                        Control.CHECKER,
                        Control.PERMISSIONS),
                closed(
                        "delete a deployed model",
                        delete(s -> "/process-definition/key/by-condition/delete?cascade=true"),
                        s -> s.count("/process-definition", "key=by-condition") == 0),
                closed(
                        "keep history for no time",
                        put(
                                s -> "/process-definition/" + s.definition() + "/history-time-to-live",
                                "{\"historyTimeToLive\": 0}"),
                        s -> s.get("/process-definition/" + s.definition())
                                        .path("historyTimeToLive")
                                        .asInt(-1)
                                == 0),
                closed(
                        "delete a process's history",
                        delete(s -> "/history/process-instance/" + s.endedByHand()),
                        forgotten),
                closed("delete history later", forget(), forgotten),
                Attack.of(
                        "clean up history now",
                        ADMIN,
                        post(s -> "/history/cleanup?immediatelyDue=true"),
                        Effect.more("/history/user-operation", s -> "operationType=CreateHistoryCleanupJobs"),
                        Control.ADDRESSES,
                        Control.DOOR));
    }

    private static Attempt forget() {
        return post(
                s -> "/history/process-instance/delete",
                s -> "{\"historicProcessInstanceIds\": [\"" + s.endedByHand() + "\"], \"deleteReason\": \"tidy\"}");
    }
}
