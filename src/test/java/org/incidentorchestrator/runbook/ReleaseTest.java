package org.incidentorchestrator.runbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Releases are kept as they were, and whoever changes a model after that says so by its version tag. With
 * {@code -Drelease.keep=1.1.0} the models, decisions and forms of today are kept as that release.
 */
class ReleaseTest {
    private static final String KEEP = "release.keep";

    @BeforeAll
    static void keep() throws IOException {
        String version = System.getProperty(KEEP);
        if (version != null) {
            Release.keep(version);
        }
    }

    static Stream<Release> kept() {
        return Release.kept().stream();
    }

    @ParameterizedTest
    @MethodSource("kept")
    void a_release_holds_what_its_list_says(Release release) throws IOException {
        assertThat(Files.readAllLines(release.list())).isEqualTo(Release.listed(release.files()));
    }

    @ParameterizedTest
    @MethodSource("kept")
    void what_the_steps_of_a_release_took_and_gave_the_steps_of_today_can_read(Release release) throws IOException {
        StepValues released = StepValues.read(Files.readAllLines(release.steps()));
        assertThat(StepValues.ofToday().faults(released))
                .as(
                        "databases have such values of release %s: in proposals, in results, in variables",
                        release.version())
                .isEmpty();
    }

    @Test
    void what_a_step_of_today_cannot_read_is_named_with_what_to_do() {
        StepValues released =
                StepValues.read(List.of("scale takes to\tint", "scale takes by\tint", "scale gives done\tboolean"));
        StepValues today = StepValues.read(List.of(
                "scale takes to\tlong", "scale takes by\tint?", "scale takes why\tString", "halt takes why\tString"));
        assertThat(today.faults(released))
                .containsExactly(
                        "scale gives done was boolean and is gone: keep it as it was, and give what is new a name of its own",
                        "scale takes to was int and is long: keep it as it was, and give what is new a name of its own",
                        "scale takes why is new, and proposals of the release have none: make it @Nullable");
        assertThat(released.faults(released)).isEmpty();
    }

    @Test
    void a_variable_of_another_type_is_named_with_what_to_do() {
        VariableTypes released = VariableTypes.read(List.of("dueAt\tstring", "signs\tinteger, long", "gone\tjson"));
        assertThat(VariableTypes.read(List.of("dueAt\tdate", "signs\tlong", "fresh\tstring"))
                        .faults(released))
                .containsExactly(
                        "dueAt is written as date and was string: keep it as it was, and give what is new a name of its own");
    }

    @Test
    void a_model_that_differs_from_the_newest_release_has_a_higher_version_tag() {
        assertThat(Release.newest().changedUnderTheSameTag()).isEmpty();
    }

    @Test
    void a_change_without_a_higher_tag_is_named_with_what_to_do() {
        String released = "<process id=\"x\" camunda:versionTag=\"1.2.0\" />";
        assertThat(VersionTag.fault("x.bpmn", released, released)).isEmpty();
        assertThat(VersionTag.fault("x.bpmn", released, released.replace("1.2.0", "1.10.0")))
                .isEmpty();
        assertThat(List.of(released + " ", released.replace("1.2.0", "1.1.0") + " "))
                .extracting(today -> VersionTag.fault("x.bpmn", released, today))
                .allSatisfy(fault -> assertThat(fault).hasValueSatisfying(text -> assertThat(text)
                        .contains("x.bpmn", "raise its camunda:versionTag above 1.2.0")));
        assertThat(VersionTag.fault("x.bpmn", released, "<process id=\"x\" />")).isPresent();
    }

    @Test
    void a_release_is_kept_once() {
        String version = Release.newest().version();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Release.keep(version))
                .withMessageContaining(version + " is kept already");
    }

    @Test
    void releases_are_in_the_order_of_their_numbers() {
        assertThat(Stream.of("1.10.0", "2.0.0", "1.9.3", "1.0.0").sorted(VersionTag::compare))
                .containsExactly("1.0.0", "1.9.3", "1.10.0", "2.0.0");
        assertThat(VersionTag.of("no tag")).isEqualTo(Optional.empty());
    }
}
