package org.incidentorchestrator.console.start;

import jakarta.validation.ConstraintViolation;
import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import java.lang.annotation.Annotation;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.incidentorchestrator.console.access.DataSettings;
import org.incidentorchestrator.runbook.ModelSettings;
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

    SettingsBinding(ConfigurableEnvironment environment, List<Class<?>> records) {
        this.binder = Binder.get(environment);
        this.records = List.copyOf(records);
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

    ModelSettings models() {
        return binder.bindOrCreate("models", ModelSettings.class);
    }

    List<String> faults() {
        Collector collector = new Collector();
        Set<String> faults = new LinkedHashSet<>();
        try (ValidatorFactory validators = Validation.buildDefaultValidatorFactory()) {
            for (Class<?> type : records) {
                check(type, validators.getValidator(), collector, faults);
            }
        }
        faults.addAll(collector.failed.values());
        // Several records may share a prefix: a name is unknown when none of them took it.
        collector.left.removeAll(collector.taken);
        collector.left.removeAll(collector.failed.keySet());
        collector.left.forEach(name -> faults.add(name + " is no setting; correct its name or take it away"));
        return List.copyOf(faults);
    }

    private <T> void check(Class<T> type, Validator validator, Collector collector, Set<String> faults) {
        ConfigurationPropertyName prefix = prefix(type);
        Optional.ofNullable(bind(type, prefix, collector))
                .ifPresent(bound ->
                        validator.validate(bound).forEach(violation -> faults.add(constraint(prefix, violation))));
    }

    private <T> T bind(Class<T> type, ConfigurationPropertyName prefix, Collector collector) {
        BindHandler handler = new NoUnboundElementsBindHandler(collector, new UnboundElementsSourceFilter());
        try {
            return binder.bindOrCreate(prefix, Bindable.of(type), handler);
        } catch (BindException e) {
            if (!(e.getCause() instanceof UnboundConfigurationPropertiesException unbound)) {
                throw e;
            }
            unbound.getUnboundProperties().forEach(property -> collector.left.add(property.getName()));
            return binder.bindOrCreate(prefix, Bindable.of(type), collector);
        }
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
        private final Map<ConfigurationPropertyName, String> failed = new LinkedHashMap<>();
        private final Set<ConfigurationPropertyName> taken = new HashSet<>();
        private final Set<ConfigurationPropertyName> left = new LinkedHashSet<>();

        @Override
        public Object onSuccess(
                ConfigurationPropertyName name, Bindable<?> target, BindContext context, Object result) {
            taken.add(name);
            return result;
        }

        @Override
        public Object onFailure(
                ConfigurationPropertyName name, Bindable<?> target, BindContext context, Exception error) {
            Throwable cause = error;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            ConfigurationProperty property = context.getConfigurationProperty();
            String given = property == null ? "" : " is " + shown(name.toString(), property.getValue());
            failed.putIfAbsent(name, name + given + ": " + reason(cause, target));
            return null;
        }

        private static String reason(Throwable cause, Bindable<?> target) {
            Class<?> type = target.getType().resolveGeneric(0) == null
                    ? target.getType().resolve(Object.class)
                    : target.getType().resolveGeneric(0);
            return type.isEnum() ? "has to be one of " + List.of(type.getEnumConstants()) : cause.getMessage();
        }
    }
}
