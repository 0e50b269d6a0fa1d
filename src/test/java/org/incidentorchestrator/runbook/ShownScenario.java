package org.incidentorchestrator.runbook;

import java.lang.annotation.Annotation;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;
import org.springframework.test.context.TestContextManager;

/** One test of a scenario, to be run once more by another test, under other conditions. */
record ShownScenario(RunbookScenario scenario, Method test) {
    /** @param name {@code ServiceDownProcessTest#its_method}; its program is started, if it is not yet */
    static ShownScenario of(String name) throws Exception {
        String[] test = name.split("#");
        Class<?> type = Class.forName("org.incidentorchestrator.runbook." + test[0]);
        Method method = ReflectionSupport.findMethod(type, test[1])
                .orElseThrow(() -> new IllegalArgumentException("there is no test " + name));
        Constructor<?> constructor = type.getDeclaredConstructor();
        constructor.setAccessible(true);
        RunbookScenario scenario = (RunbookScenario) constructor.newInstance();
        new TestContextManager(type).prepareTestInstance(scenario);
        return new ShownScenario(scenario, method);
    }

    void begin() {
        run(BeforeEach.class, HierarchyTraversalMode.TOP_DOWN);
    }

    void show() {
        ReflectionSupport.invokeMethod(test, scenario);
    }

    void end() {
        run(AfterEach.class, HierarchyTraversalMode.BOTTOM_UP);
    }

    private void run(Class<? extends Annotation> kind, HierarchyTraversalMode order) {
        AnnotationSupport.findAnnotatedMethods(scenario.getClass(), kind, order)
                .forEach(method -> ReflectionSupport.invokeMethod(method, scenario));
    }
}
