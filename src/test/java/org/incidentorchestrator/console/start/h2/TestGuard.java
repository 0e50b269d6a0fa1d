package org.incidentorchestrator.console.start.h2;

import org.incidentorchestrator.support.TestClock;
import org.springframework.mock.env.MockEnvironment;
import org.springframework.util.unit.DataSize;

/** The guard as the program makes it. */
final class TestGuard {
    private TestGuard() {}

    static DatabaseGuard on(H2File file) {
        return on(file, new DatabaseSettings(DataSize.ofMegabytes(256)));
    }

    static DatabaseGuard on(H2File file, DatabaseSettings settings) {
        return new DatabaseGuard(
                new MockEnvironment()
                        .withProperty("spring.datasource.url", file.url(file.path()))
                        .withProperty("spring.datasource.username", file.user())
                        .withProperty("spring.datasource.password", file.password()),
                settings,
                new TestClock());
    }
}
