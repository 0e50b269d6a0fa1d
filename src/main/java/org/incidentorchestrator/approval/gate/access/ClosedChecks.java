package org.incidentorchestrator.approval.gate.access;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.impl.cfg.CommandChecker;
import org.camunda.bpm.engine.impl.persistence.entity.ExecutionEntity;
import org.camunda.bpm.engine.impl.persistence.entity.TaskEntity;
import org.camunda.bpm.engine.repository.ProcessDefinition;

/**
 * A checker of the engine's commands, beside the engine's own: it knows no permissions and refuses by what is asked, to
 * administrators too. The engine asks it wherever a command comes from: both addresses of the REST API, the web apps,
 * Java. The table has every method of {@link CommandChecker}; one that it has not, of a later engine, is refused.
 */
final class ClosedChecks implements InvocationHandler {
    /** Nothing is changed, or who may is a matter of the engine's own permissions: administrators only. */
    static final Set<String> OPEN = Set.of(
            "checkEvaluateDecision",
            "checkReadProcessDefinition",
            "checkReadProcessInstance",
            "checkReadProcessInstanceVariable",
            "checkReadJob",
            "checkReadTask",
            "checkReadTaskVariable",
            "checkReadHistoricBatch",
            "checkReadDeployment",
            "checkReadDecisionDefinition",
            "checkReadDecisionRequirementsDefinition",
            "checkReadCaseDefinition",
            "checkReadCaseInstance",
            "checkReadHistoricJobLog",
            "checkReadHistoryAnyProcessDefinition",
            "checkReadHistoryProcessDefinition",
            "checkReadHistoricExternalTaskLog",
            "checkReadDiagnosticsData",
            "checkReadHistoryLevel",
            "checkReadTableCount",
            "checkReadTableName",
            "checkReadTableMetaData",
            "checkReadProperties",
            "checkReadLicenseKey",
            "checkReadRegisteredDeployments",
            "checkReadProcessApplicationForDeployment",
            "checkReadSchemaLog",
            // Cockpit's retry: the job runs as it would have; its step asks for its permit again.
            "checkUpdateRetriesJob",
            "checkUpdateRetriesProcessInstanceByProcessDefinitionId");

    /** What is decided by looking at what was given. */
    static final Set<String> LOOKED_AT =
            Set.of("checkCreateProcessInstance", "checkTaskWork", "checkTaskAssign", "checkDeleteProcessInstance");

    static final Map<String, Closed> CLOSED = Map.ofEntries(
            Map.entry("checkUpdateProcessInstance", Closed.AROUND),
            Map.entry("checkUpdateProcessInstanceById", Closed.AROUND),
            Map.entry("checkUpdateProcessInstanceByProcessDefinitionId", Closed.AROUND),
            Map.entry("checkUpdateProcessInstanceByProcessDefinitionKey", Closed.AROUND),
            Map.entry("checkUpdateProcessInstanceSuspensionStateById", Closed.AROUND),
            Map.entry("checkUpdateProcessInstanceSuspensionStateByProcessDefinitionId", Closed.AROUND),
            Map.entry("checkUpdateProcessInstanceSuspensionStateByProcessDefinitionKey", Closed.AROUND),
            Map.entry("checkUpdateProcessDefinitionById", Closed.AROUND),
            Map.entry("checkUpdateProcessDefinitionByKey", Closed.AROUND),
            Map.entry("checkUpdateProcessDefinitionSuspensionStateById", Closed.AROUND),
            Map.entry("checkUpdateProcessDefinitionSuspensionStateByKey", Closed.AROUND),
            Map.entry("checkCreateMigrationPlan", Closed.AROUND),
            Map.entry("checkMigrateProcessInstance", Closed.AROUND),
            Map.entry("checkUpdateProcessInstanceVariables", Closed.STATE),
            Map.entry("checkUpdateTaskVariable", Closed.STATE),
            Map.entry("checkUpdateJob", Closed.JOB),
            Map.entry("checkCreateTask", Closed.EXIT),
            Map.entry("checkDeleteTask", Closed.EXIT),
            Map.entry("checkCreateBatch", Closed.MANY),
            Map.entry("checkDeleteBatch", Closed.MANY),
            Map.entry("checkSuspendBatch", Closed.MANY),
            Map.entry("checkActivateBatch", Closed.MANY),
            Map.entry("checkDeleteHistoricBatch", Closed.RECORD),
            Map.entry("checkDeleteHistoricTaskInstance", Closed.RECORD),
            Map.entry("checkDeleteHistoricProcessInstance", Closed.RECORD),
            Map.entry("checkDeleteHistoricCaseInstance", Closed.RECORD),
            Map.entry("checkDeleteHistoricDecisionInstance", Closed.RECORD),
            Map.entry("checkDeleteHistoricVariableInstance", Closed.RECORD),
            Map.entry("checkDeleteHistoricVariableInstancesByProcessInstance", Closed.RECORD),
            Map.entry("checkDeleteUserOperationLog", Closed.RECORD),
            Map.entry("checkUpdateUserOperationLog", Closed.RECORD),
            Map.entry("checkUpdateDecisionDefinitionById", Closed.CODE),
            Map.entry("checkUpdateCaseDefinition", Closed.CODE),
            Map.entry("checkCreateDeployment", Closed.CODE),
            Map.entry("checkDeleteDeployment", Closed.CODE),
            Map.entry("checkDeleteProcessDefinitionById", Closed.CODE),
            Map.entry("checkDeleteProcessDefinitionByKey", Closed.CODE),
            Map.entry("checkRegisterDeployment", Closed.CODE),
            Map.entry("checkUnregisterDeployment", Closed.CODE),
            Map.entry("checkRegisterProcessApplication", Closed.CODE),
            Map.entry("checkUnregisterProcessApplication", Closed.CODE),
            Map.entry("checkCreateCaseInstance", Closed.UNKNOWN),
            Map.entry("checkUpdateCaseInstance", Closed.UNKNOWN),
            Map.entry("checkSetProperty", Closed.SYSTEM),
            Map.entry("checkDeleteProperty", Closed.SYSTEM),
            Map.entry("checkSetLicenseKey", Closed.SYSTEM),
            Map.entry("checkDeleteLicenseKey", Closed.SYSTEM),
            Map.entry("checkDeleteMetrics", Closed.SYSTEM),
            Map.entry("checkDeleteTaskMetrics", Closed.SYSTEM));

    private final IdentityService identities;
    private final LookedAt lookedAt;

    private ClosedChecks(IdentityService identities, LookedAt lookedAt) {
        this.identities = identities;
        this.lookedAt = lookedAt;
    }

    static CommandChecker of(IdentityService identities, LookedAt lookedAt) {
        return (CommandChecker) Proxy.newProxyInstance(
                ClosedChecks.class.getClassLoader(),
                new Class<?>[] {CommandChecker.class},
                new ClosedChecks(identities, lookedAt));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (method.getDeclaringClass() == Object.class) {
            try {
                return method.invoke(this, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }
        Optional<String> person = Asked.by(identities);
        if (person.isPresent()) {
            check(method.getName(), person.get(), arguments == null ? null : arguments[0]);
        }
        return null;
    }

    private void check(String name, String person, Object subject) {
        if (OPEN.contains(name)) {
            return;
        }
        switch (name) {
            case "checkCreateProcessInstance" -> lookedAt.start((ProcessDefinition) subject);
            case "checkTaskWork" -> lookedAt.work((TaskEntity) subject, person);
            case "checkTaskAssign" -> lookedAt.assign((TaskEntity) subject);
            case "checkDeleteProcessInstance" -> lookedAt.delete((ExecutionEntity) subject);
            default -> refuse(CLOSED.getOrDefault(name, Closed.UNKNOWN), subject);
        }
    }

    private static void refuse(Closed closed, Object subject) {
        throw new AccessRefused(closed.message(Asked.name(Asked.command().getClass())), IncidentOf.subject(subject));
    }
}
