package org.incidentorchestrator.console.command;

import java.util.List;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.DefaultResourceLoader;

/** The settings as a start would read them, without a start: from the command line, the environment and the files. */
final class Settings {
    private Settings() {}

    static ConfigurableEnvironment read(List<String> given) {
        logNothing();
        var environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new SimpleCommandLinePropertySource(given.toArray(String[]::new)));
        ConfigDataEnvironmentPostProcessor.applyTo(environment, new DefaultResourceLoader(), null);
        ConfigurationPropertySources.attach(environment);
        return environment;
    }

    /** What a command has to say is its output. */
    static void logNothing() {
        LoggingSystem.get(Settings.class.getClassLoader()).beforeInitialize();
    }
}
