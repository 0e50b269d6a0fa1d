package org.incidentorchestrator.step.verb;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.incidentorchestrator.step.RecordedChanges;
import org.incidentorchestrator.step.Step;
import org.incidentorchestrator.step.StepFacts;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.context.properties.ConfigurationPropertiesScan;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.io.ClassPathResource;

/**
 * What there is to say in models, without a program that could do it: models are checked before anything is opened, and
 * where nothing runs. What a step is called, takes, gives and refuses is the same whatever the settings are; so its
 * settings are those that the program comes with.
 */
public final class Vocabulary {
    private Vocabulary() {}

    /** By their name in models. */
    public static Map<String, StepFacts> facts() {
        try (var context = new AnnotationConfigApplicationContext()) {
            context.setEnvironment(asItComes());
            context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor());
            context.registerBean(RecordedChanges.class, () -> (incident, step, target) -> Optional.empty());
            context.register(Scan.class);
            context.refresh();
            return context.getBeansOfType(Step.class).values().stream()
                    .map(StepFacts::of)
                    .collect(Collectors.toMap(StepFacts::name, Function.identity(), (one, other) -> one, TreeMap::new));
        }
    }

    private static ConfigurableEnvironment asItComes() {
        return new StandardEnvironment() {
            @Override
            protected void customizePropertySources(MutablePropertySources sources) {
                settings().forEach(sources::addLast);
            }
        };
    }

    private static List<org.springframework.core.env.PropertySource<?>> settings() {
        try {
            return new YamlPropertySourceLoader().load("settings", new ClassPathResource("application.yml"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException("application.yml of the program cannot be read", unreadable);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ComponentScan({
        "org.incidentorchestrator.step.verb",
        "org.incidentorchestrator.host",
        "org.incidentorchestrator.probe"
    })
    @ConfigurationPropertiesScan("org.incidentorchestrator")
    static class Scan {}
}
