package org.incidentorchestrator.console.start.h2;

import org.incidentorchestrator.support.TestClock;
import org.springframework.mock.env.MockEnvironment;

/** The guard as the program makes it. */
final class TestGuard {
    private TestGuard() {}

    static DatabaseGuard on(H2File file) {
        return new DatabaseGuard(
                new MockEnvironment()
                        .withProperty("spring.datasource.url", file.url(file.path()))
                        .withProperty("spring.datasource.username", file.user())
                        .withProperty("spring.datasource.password", file.password()),
                new TestClock());
    }
}
