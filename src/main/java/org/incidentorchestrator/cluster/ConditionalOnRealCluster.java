package org.incidentorchestrator.cluster;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Only where a real cluster is named, see {@link ClusterSettings#real()}. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Conditional(ConditionalOnRealCluster.Named.class)
public @interface ConditionalOnRealCluster {

    /** Reads the two settings before there are beans. */
    final class Named implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            var environment = context.getEnvironment();
            return environment.getProperty("cluster.in-cluster", Boolean.class, false)
                    || !environment.getProperty("cluster.kubeconfig", "").isEmpty();
        }
    }
}
