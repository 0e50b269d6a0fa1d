package org.incidentorchestrator.console.start;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.incidentorchestrator.console.access.DataSettings;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.context.annotation.ClassPathScanningCandidateComponentProvider;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.type.filter.AnnotationTypeFilter;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

class SettingsBindingTest {
    @ConfigurationProperties("paging")
    record Paging(@DefaultValue("5m") Duration firstLevel, @DefaultValue("4") @Max(5) int levels) {
        Paging {
            if (firstLevel.isNegative()) {
                throw new IllegalArgumentException("paging.first-level lies in the past; write a time from 0 on");
            }
        }
    }

    @ConfigurationProperties("paging.mail")
    record Mail(@DefaultValue("25") int port, @Size(min = 8) String password) {}

    @ConfigurationProperties("paging")
    record Night(@DefaultValue("false") boolean silent, @DefaultValue Optional<Sound> sound) {}

    enum Sound {
        BELL,
        WHISTLE
    }

    @Test
    void all_faults_of_all_records_are_found_at_once() {
        assertThat(faults(Map.of(
                        "paging.first-level", "soon",
                        "paging.levels", "9",
                        "paging.lvels", "3",
                        "paging.mail.port", "smtp",
                        "data.folder", "relative")))
                .hasSize(5)
                .anySatisfy(fault -> assertThat(fault).startsWith("paging.first-level is 'soon': "))
                .anySatisfy(fault -> assertThat(fault).startsWith("paging.levels is '9': "))
                .anySatisfy(fault -> assertThat(fault).startsWith("paging.lvels is no setting"))
                .anySatisfy(fault -> assertThat(fault).startsWith("paging.mail.port is 'smtp': "))
                .anySatisfy(
                        fault -> assertThat(fault).startsWith("data.folder is 'relative': has to start with ./ or /"));
    }

    @Test
    void a_records_own_objection_is_told_in_its_words() {
        assertThat(faults(Map.of("paging.first-level", "-1m")))
                .singleElement()
                .asString()
                .contains("paging.first-level lies in the past; write a time from 0 on");
    }

    @Test
    void a_secret_that_does_not_fit_is_not_repeated() {
        assertThat(faults(Map.of("paging.mail.password", "hunter2")))
                .singleElement()
                .asString()
                .startsWith("paging.mail.password is set to a secret that does not fit")
                .doesNotContain("hunter2");
    }

    @Test
    void a_word_that_is_none_of_a_few_names_them() {
        assertThat(faults(Map.of("paging.sound", "gong")))
                .containsExactly("paging.sound is 'gong': has to be one of [BELL, WHISTLE]");
    }

    @Test
    void settings_that_fit_have_no_faults() {
        assertThat(faults(Map.of("paging.first-level", "1m", "paging.mail.port", "587", "paging.silent", "true")))
                .isEmpty();
    }

    @Test
    void every_record_of_the_program_fits_without_any_setting() {
        var scanner = new ClassPathScanningCandidateComponentProvider(false);
        scanner.addIncludeFilter(new AnnotationTypeFilter(ConfigurationProperties.class));
        List<Class<?>> records = scanner.findCandidateComponents("org.incidentorchestrator").stream()
                .<Class<?>>map(found -> ClassUtils.resolveClassName(found.getBeanClassName(), null))
                .filter(type -> !type.getName().contains("Test"))
                .toList();
        StandardEnvironment environment = new StandardEnvironment();
        assertThat(records).hasSizeGreaterThan(8);
        assertThat(new SettingsBinding(environment, records).faults()).isEmpty();
        assertThat(records)
                .allSatisfy(type -> assertThat(Binder.get(environment).bindOrCreate("nothing.is.set", type))
                        .as("an Optional without @DefaultValue is bound to null")
                        .satisfies(settings -> assertThat(optionals(settings)).doesNotContainNull()));
    }

    private static List<Object> optionals(Object settings) {
        return Stream.of(settings.getClass().getRecordComponents())
                .filter(component -> component.getType() == Optional.class)
                .map(component -> {
                    component.getAccessor().setAccessible(true);
                    return ReflectionUtils.invokeMethod(component.getAccessor(), settings);
                })
                .toList();
    }

    private static List<String> faults(Map<String, Object> settings) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("test", settings));
        ConfigurationPropertySources.attach(environment);
        return new SettingsBinding(environment, List.of(Paging.class, Mail.class, Night.class, DataSettings.class))
                .faults();
    }
}
