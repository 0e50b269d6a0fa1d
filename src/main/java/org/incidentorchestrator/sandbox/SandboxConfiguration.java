package org.incidentorchestrator.sandbox;

import java.nio.file.Path;
import java.time.Clock;
import org.incidentorchestrator.cluster.ClusterReader;
import org.incidentorchestrator.cluster.ClusterWriter;
import org.incidentorchestrator.cluster.ConditionalOnSandbox;
import org.incidentorchestrator.incident.Incidents;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** The sandbox is the cluster, where no real one is named. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnSandbox
class SandboxConfiguration {
    @Bean
    Sandbox sandbox(SandboxSettings settings, Clock clock) {
        return settings.world().isBlank() ? Sandbox.inMemory(clock) : Sandbox.in(Path.of(settings.world()), clock);
    }

    @Bean
    ClusterReader sandboxReader(Sandbox sandbox) {
        return sandbox.reader();
    }

    @Bean
    ClusterWriter sandboxWriter(Sandbox sandbox) {
        return sandbox.writer();
    }

    @Bean
    OneThread sandboxThread(Clock clock) {
        return new OneThread(clock);
    }

    @Bean
    AlertWatch alertWatch(
            Sandbox sandbox, SandboxSettings settings, OneThread thread, Clock clock, Environment environment) {
        AlertmanagerPost post = new AlertmanagerPost(new OwnWebhook(environment));
        return new AlertWatch(sandbox, post, settings, thread, clock);
    }

    @Bean
    FirstAlert firstAlert(
            Sandbox sandbox,
            Incidents incidents,
            AlertWatch watch,
            SandboxSettings settings,
            OneThread thread,
            Clock clock) {
        return new FirstAlert(sandbox, incidents, watch, settings, thread, clock);
    }
}
