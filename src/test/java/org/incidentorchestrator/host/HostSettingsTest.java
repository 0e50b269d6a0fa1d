package org.incidentorchestrator.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.incidentorchestrator.host.HostSettings.Script;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class HostSettingsTest {
    private static final String SHA256 = "0".repeat(64);

    @Test
    void all_faults_of_the_catalogue_are_found_at_once() {
        List<String> faults = faults(settings(
                "/opt/platform",
                Map.of(
                        "Smoke", script("infra/x.sh", SHA256, Duration.ofMinutes(1), List.of("A=B")),
                        "k3s", script("../x.sh", "abc", Duration.ofHours(5), List.of()))));

        assertThat(faults)
                .hasSize(5)
                .anySatisfy(fault -> assertThat(fault).contains("is no id of a script"))
                .anySatisfy(fault -> assertThat(fault).contains("is no name of a variable"))
                .anySatisfy(fault -> assertThat(fault).contains("has to be a path below host.root"))
                .anySatisfy(fault -> assertThat(fault).contains("64 hexadecimal digits"))
                .anySatisfy(fault -> assertThat(fault).contains("timeLimit"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/bin/sh", "infra/../../x", "..", "./x", "a/./b", "", "a\nb"})
    void a_path_that_does_not_lie_below_the_root_as_it_is_written_is_a_fault(String path) {
        assertThat(faults(settings(
                        "/opt/platform", Map.of("job", script(path, SHA256, Duration.ofMinutes(1), List.of())))))
                .isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"infra/smoke-tests-a1.sh", "x", "a b/c.sh", "..x/y..z"})
    void a_path_below_the_root_is_taken(String path) {
        assertThat(faults(settings(
                        "/opt/platform", Map.of("job", script(path, SHA256, Duration.ofMinutes(1), List.of())))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "opt/platform"})
    void scripts_need_a_root_that_does_not_depend_on_where_the_program_is_started(String root) {
        assertThatThrownBy(() -> settings(root, Map.of("job", script("x", SHA256, Duration.ofMinutes(1), List.of()))))
                .hasMessageContaining("host.root is '" + root + "'");
    }

    private static HostSettings settings(String root, Map<String, Script> scripts) {
        return new HostSettings("", root, scripts, "runs", Duration.ofDays(30), "/bin");
    }

    private static Script script(String path, String sha256, Duration limit, List<String> environment) {
        return new Script(path, sha256, List.of(), limit, DataSize.ofMegabytes(1), environment, false, 1);
    }

    private static List<String> faults(HostSettings settings) {
        try (ValidatorFactory validators = Validation.buildDefaultValidatorFactory()) {
            return validators.getValidator().validate(settings).stream()
                    .map(violation -> violation.getPropertyPath() + " " + violation.getMessage())
                    .toList();
        }
    }
}
