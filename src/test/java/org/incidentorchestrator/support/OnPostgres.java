package org.incidentorchestrator.support;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;
import org.junit.jupiter.api.extension.TestInstancePreDestroyCallback;

/**
 * Runs the inherited cases on PostgreSQL: {@link TestDatabase#create()} makes its databases there for as long as an
 * instance of the annotated class lives. So {@code @OnPostgres class ThisPostgresIT extends ThisTest {}} is all of it.
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(OnPostgres.Switch.class)
public @interface OnPostgres {

    /** By thread, because tests of one JVM may run beside each other. */
    final class Switch implements TestInstancePreConstructCallback, TestInstancePreDestroyCallback {
        private static final ThreadLocal<Boolean> ON = ThreadLocal.withInitial(() -> false);

        static boolean isOn() {
            return ON.get();
        }

        @Override
        public void preConstructTestInstance(TestInstanceFactoryContext factory, ExtensionContext test) {
            ON.set(true);
        }

        @Override
        public void preDestroyTestInstance(ExtensionContext test) {
            ON.remove();
        }
    }
}
