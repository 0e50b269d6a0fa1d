package org.incidentorchestrator.console.start;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import java.lang.annotation.Annotation;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.incidentorchestrator.console.access.DataSettings;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.AbstractBindHandler;
import org.springframework.boot.context.properties.bind.BindContext;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.core.env.ConfigurableEnvironment;

/** Binds and validates every settings record of ours, and collects what is wrong: values, constraints, unknown names. */
final class SettingsBinding {
    private static final String OURS = "org.incidentorchestrator.";
    private static final Pattern SECRET = Pattern.compile("(token|password|secret|credential)s?(\\[.*])?$");

    private final Binder binder;
    private final List<Class<?>> records;
    private final List<ConfigurationPropertyName> prefixes;

    SettingsBinding(ConfigurableEnvironment environment, List<Class<?>> records) {
        this.binder = Binder.get(environment);
        this.records = List.copyOf(records);
        this.prefixes = records.stream().map(SettingsBinding::prefix).toList();
    }

    static List<Class<?>> recordsIn(ConfigurableListableBeanFactory beans) {
        Class<? extends Annotation> settings = ConfigurationProperties.class;
        return Arrays.stream(beans.getBeanDefinitionNames())
                .<Class<?>>map(name -> beans.getType(name, false))
                .filter(type -> type != null && type.getName().startsWith(OURS) && type.isAnnotationPresent(settings))
                .sorted(Comparator.comparing(Class::getName))
                .toList();
    }

    DataSettings data() {
        return binder.bindOrCreate("data", DataSettings.class);
    }

    List<String> faults() {
        Set<String> faults = new LinkedHashSet<>();
        try (ValidatorFactory validators = Validation.buildDefaultValidatorFactory()) {
            for (Class<?> type : records) {
                check(type, validators.getValidator(), faults);
            }
        }
        return List.copyOf(faults);
    }

    private <T> void check(Class<T> type, Validator validator, Set<String> faults) {
        ConfigurationPropertyName prefix = prefix(type);
        Collector collector = new Collector();
        Optional.ofNullable(bind(type, prefix, collector))
                .ifPresent(bound ->
                        validator.validate(bound).forEach(violation -> faults.add(constraint(prefix, violation))));
        faults.addAll(collector.faults.values());
        collector.unknown.stream()
                .filter(name -> !collector.faults.containsKey(name) && !belongsToAnother(prefix, name))
                .forEach(name -> faults.add(name + " is no setting; correct its name or take it away"));
    }

    private <T> T bind(Class<T> type, ConfigurationPropertyName prefix, Collector collector) {
        BindHandler handler = new NoUnboundElementsBindHandler(collector, new UnboundElementsSourceFilter());
        try {
            return binder.bindOrCreate(prefix, Bindable.of(type), handler);
        } catch (BindException e) {
            if (!(e.getCause() instanceof UnboundConfigurationPropertiesException unbound)) {
                throw e;
            }
            unbound.getUnboundProperties().forEach(property -> collector.unknown.add(property.getName()));
            return binder.bindOrCreate(prefix, Bindable.of(type), collector);
        }
    }

    private boolean belongsToAnother(ConfigurationPropertyName prefix, ConfigurationPropertyName name) {
        return prefixes.stream().anyMatch(other -> prefix.isAncestorOf(other) && other.isAncestorOf(name));
    }

    private static String constraint(ConfigurationPropertyName prefix, ConstraintViolation<?> violation) {
        String name = prefix + "."
                + DataObjectPropertyName.toDashedForm(
                        violation.getPropertyPath().toString());
        return name + " is " + shown(name, violation.getInvalidValue()) + ": " + violation.getMessage();
    }

    /** A report of a start that failed is copied around: it names no secret. */
    private static String shown(String name, Object value) {
        return SECRET.matcher(name).find() ? "set to a secret that does not fit" : "'" + value + "'";
    }

    private static ConfigurationPropertyName prefix(Class<?> type) {
        return ConfigurationPropertyName.of(
                type.getAnnotation(ConfigurationProperties.class).value());
    }

    /** Notes each fault and goes on with the default, so that the next fault is found too. */
    private static final class Collector extends AbstractBindHandler {
        private final Map<ConfigurationPropertyName, String> faults = new LinkedHashMap<>();
        private final Set<ConfigurationPropertyName> unknown = new LinkedHashSet<>();

        @Override
        public Object onFailure(
                ConfigurationPropertyName name, Bindable<?> target, BindContext context, Exception error) {
            Throwable cause = error;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            ConfigurationProperty property = context.getConfigurationProperty();
            String given = property == null ? "" : " is " + shown(name.toString(), property.getValue());
            faults.putIfAbsent(name, name + given + ": " + cause.getMessage());
            return null;
        }
    }
}
