package org.incidentorchestrator.console.start;

import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Checks all settings before the first bean is made, and makes the data folder. Without it the first wrong record
 * would stop the start and hide the others.
 */
@Component
final class SettingsCheck implements BeanFactoryPostProcessor, EnvironmentAware, PriorityOrdered {
    private ConfigurableEnvironment environment;

    @Override
    public void setEnvironment(Environment given) {
        this.environment = (ConfigurableEnvironment) given;
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
        SettingsBinding binding = new SettingsBinding(environment, SettingsBinding.recordsIn(beans));
        List<String> faults = new ArrayList<>(binding.faults());
        faults.addAll(PlatformRules.faults(environment, TimeZone.getDefault()));
        LinkRules.fault(environment).ifPresent(faults::add);
        faults.addAll(binding.models().faults());
        if (!faults.isEmpty()) {
            throw new StartRefused(faults);
        }
        DataFolder.make(binding.data());
    }

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }
}
