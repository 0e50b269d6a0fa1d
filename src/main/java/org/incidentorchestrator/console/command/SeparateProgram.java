package org.incidentorchestrator.console.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.incidentorchestrator.console.api.Simulation;
import org.incidentorchestrator.console.api.SimulationView;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.util.FileSystemUtils;

/**
 * As much of the program as a question needs, beside the one that may run: with the same settings, models and cluster, an
 * empty database in memory and a folder of its own. It is never told that it is ready, which is when the program begins to
 * work: it takes no alert, sends nothing, and starts no timer.
 */
final class SeparateProgram {
    private static final String WORLD = "sandbox-world.json";

    /** Where the program writes, each in the folder for the time being. */
    private static final Map<String, String> FILES = Map.of(
            "intake.sources.alertmanager.token-file", "alertmanager.token",
            "sandbox.world", WORLD,
            "approval.key-file", "approval.key",
            "host.runs", "scripts",
            "backup.folder", "backups");

    /** What a command has to say is its output. */
    private static final List<String> LOGGERS = List.of("root", "org.incidentorchestrator", "incident", "first-run");

    private final Class<?> program;
    private final List<String> settings;

    SeparateProgram(Class<?> program, List<String> settings) {
        this.program = program;
        this.settings = settings;
    }

    SimulationView simulate(byte[] body) {
        Path folder = null;
        try {
            folder = Files.createTempDirectory("incident-orchestrator");
            return simulate(body, folder);
        } catch (IOException e) {
            throw CommandFailed.failed("No folder can be made for the time being: %s. Make room.".formatted(e), e);
        } finally {
            FileSystemUtils.deleteRecursively(folder == null ? null : folder.toFile());
        }
    }

    private SimulationView simulate(byte[] body, Path folder) throws IOException {
        ConfigurableEnvironment environment = Settings.read(settings);
        copyWorld(environment, folder);
        environment.getPropertySources().addFirst(new MapPropertySource("separate", separate(folder)));
        try (ConfigurableApplicationContext context = neverReady(environment)) {
            return context.getBean(Simulation.class).of(body);
        }
    }

    /** The sandbox is looked at as it was when it was last written down. */
    private static void copyWorld(ConfigurableEnvironment environment, Path folder) throws IOException {
        String world = environment.getProperty("sandbox.world", "");
        if (!world.isBlank() && Files.exists(Path.of(world))) {
            Files.copy(Path.of(world), folder.resolve(WORLD));
        }
    }

    private static Map<String, Object> separate(Path folder) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("spring.datasource.url", "jdbc:h2:mem:separate;DB_CLOSE_DELAY=-1");
        settings.put("spring.datasource.username", "sa");
        settings.put("spring.datasource.password", "");
        settings.put("spring.datasource.hikari.maximum-pool-size", "8");
        settings.put("camunda.bpm.process-engine-name", "separate");
        settings.put("camunda.bpm.job-execution.enabled", "false");
        settings.put("data.folder", folder.toString());
        FILES.forEach(
                (setting, file) -> settings.put(setting, folder.resolve(file).toString()));
        LOGGERS.forEach(logger -> settings.put("logging.level." + logger, "OFF"));
        return settings;
    }

    /** Its beans are made as they are asked for, and its start is abandoned before it is told of. */
    private ConfigurableApplicationContext neverReady(ConfigurableEnvironment environment) {
        SpringApplication application = new SpringApplication(program) {
            @Override
            protected void afterRefresh(ConfigurableApplicationContext context, ApplicationArguments arguments) {
                throw new AbandonedRunException(context);
            }
        };
        application.setEnvironment(environment);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.setLazyInitialization(true);
        try {
            application.run();
            throw new IllegalStateException("the program ran, and was to be abandoned");
        } catch (SpringApplication.AbandonedRunException abandoned) {
            return abandoned.getApplicationContext();
        } catch (RuntimeException told) {
            // Spring has said why: see PlainFailureReport.
            throw CommandFailed.foundWrong("Nothing was judged.", told);
        }
    }
}
