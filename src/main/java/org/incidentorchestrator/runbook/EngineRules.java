package org.incidentorchestrator.runbook;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.camunda.bpm.engine.impl.bpmn.parser.BpmnParseListener;
import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** How this program's engine differs from the default one; one reason per line. */
@Component
@Order(Ordered.LOWEST_PRECEDENCE - 1)
class EngineRules extends AbstractProcessEnginePlugin {
    private final ConfigurableListableBeanFactory beans;
    private final List<BpmnParseListener> parseListeners;
    private final FailedJobPerson failedJobs;
    private final Retries retries;

    EngineRules(
            ConfigurableListableBeanFactory beans,
            List<BpmnParseListener> parseListeners,
            FailedJobPerson failedJobs,
            Retries retries) {
        this.beans = beans;
        this.parseListeners = parseListeners;
        this.failedJobs = failedJobs;
        this.retries = retries;
    }

    @Override
    public void preInit(ProcessEngineConfigurationImpl engine) {
        // Expressions in models reach these names and no other bean.
        engine.setExpressionManager(new ModelExpressions(modelBeans()));
        // A start reads 80 models, and the schema of BPMN once.
        engine.setBpmnParseFactory(new SchemaReadOnce(engine::getExpressionManager));
        // What was due while no program ran is begun, whatever version comes next.
        engine.setCustomPostDeployers(List.of(new LateStart()));
        // End events, user tasks and the root process report what happens to them.
        engine.setCustomPreBPMNParseListeners(List.copyOf(parseListeners));
        // A fault is not tried again, waiting costs no retry, and a cluster that is away is tried until it is back.
        engine.setFailedJobCommandFactory(
                (job, exception) -> new StepJobRetry(job, exception, failedJobs, retries.longestPause()));
        // A job that has given up is a person's.
        engine.setCustomIncidentHandlers(List.of(failedJobs));
        // Nobody has to answer twice because a timer fired in the same moment.
        engine.setCustomPreCommandInterceptorsTxRequired(List.of(new AnswerAgain()));
        // A retry is no error; the last one is.
        engine.setEnableReducedJobExceptionLogging(true);
        // Whoever gave a command hears of its exception; the engine would log each retry of a step as an error too.
        engine.setEnableCmdExceptionLogging(false);
        // Nothing is ever stored as a serialised Java object.
        engine.setJavaSerializationFormatEnabled(false);
    }

    private Map<Object, Object> modelBeans() {
        Map<Object, Object> named = new HashMap<>();
        beans.getBeansWithAnnotation(ForModels.class)
                .forEach((bean, instance) -> named.put(
                        beans.findAnnotationOnBean(bean, ForModels.class).value(), instance));
        return named;
    }
}
