package org.incidentorchestrator.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.ClusterWriter;
import org.incidentorchestrator.incident.Incidents;
import org.incidentorchestrator.support.TestClock;
import org.incidentorchestrator.support.TestDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

class SandboxConfigurationTest {
    private final ApplicationContextRunner program =
            new ApplicationContextRunner().withUserConfiguration(Program.class).withPropertyValues("sandbox.world=");

    @Test
    void the_sandbox_is_the_cluster_where_none_is_named() {
        program.run(context -> {
            assertThat(context).hasSingleBean(ClusterReader.class).hasSingleBean(ClusterWriter.class);
            assertThat(context.getBean(ClusterReader.class).cluster().context()).isEqualTo("sandbox");
            assertThat(context).hasSingleBean(SandboxController.class);
        });
    }

    @Test
    void there_is_no_sandbox_where_a_cluster_is_named() {
        for (String named : new String[] {"cluster.kubeconfig=/etc/kubeconfig", "cluster.in-cluster=true"}) {
            program.withPropertyValues(named).run(context -> assertThat(context)
                    .doesNotHaveBean(Sandbox.class)
                    .doesNotHaveBean(ClusterReader.class)
                    .doesNotHaveBean(SandboxController.class)
                    .doesNotHaveBean(FirstAlert.class));
        }
    }

    @Test
    void the_defaults_are_those_of_a_first_run() {
        new ApplicationContextRunner().withUserConfiguration(Settings.class).run(context -> assertThat(
                        context.getBean(SandboxSettings.class))
                .isEqualTo(new SandboxSettings(
                        ".data/sandbox-world.json",
                        true,
                        Duration.ofSeconds(5),
                        true,
                        Duration.ofMinutes(2),
                        Duration.ofSeconds(5))));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(SandboxSettings.class)
    static class Settings {}

    @Configuration(proxyBeanMethods = false)
    @Import({Settings.class, SandboxConfiguration.class, SandboxController.class})
    static class Program {
        @Bean
        Clock clock() {
            return new TestClock();
        }

        @Bean
        TestDatabase database() {
            return TestDatabase.create();
        }

        @Bean
        Incidents incidents(TestDatabase database) {
            return new Incidents(database.jdbc());
        }
    }
}
