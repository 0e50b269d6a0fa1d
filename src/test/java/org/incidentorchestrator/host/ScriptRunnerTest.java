package org.incidentorchestrator.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.incidentorchestrator.host.ScriptHost.hear;
import static org.incidentorchestrator.host.ScriptHost.permit;
import static org.incidentorchestrator.host.ScriptHost.say;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import org.incidentorchestrator.host.HostFailure.Kind;
import org.incidentorchestrator.host.HostSettings.Script;
import org.incidentorchestrator.host.RunState.Ended;
import org.incidentorchestrator.host.RunState.Lost;
import org.incidentorchestrator.host.RunState.Running;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** Scripts that really run, and what can go wrong with them. */
class ScriptRunnerTest {
    private static final String RUN = ScriptRuns.name("job", "inc-7", Instant.parse("2026-11-24T03:00:00Z"));
    private static final String NEXT = ScriptRuns.name("job", "inc-8", Instant.parse("2026-11-24T03:00:00Z"));

    @TempDir
    Path folder;

    private ScriptHost host() {
        return new ScriptHost(folder);
    }

    private static void start(ScriptHost host, String run) {
        host.runner().start(host.catalogue().examine("job"), run);
    }

    private static Ended run(ScriptHost host) {
        start(host, RUN);
        return (Ended) host.end(RUN);
    }

    private static Kind refusal(ScriptHost host) {
        try {
            start(host, RUN);
            return null;
        } catch (HostFailure failure) {
            return failure.kind();
        }
    }

    @Test
    void what_a_script_writes_and_its_exit_status_are_kept() {
        ScriptHost host = host().with("job", "#!/bin/sh\necho one\necho two >&2\nexit 3\n");

        Ended ended = run(host);

        assertThat(ended.exit()).isEqualTo(3);
        assertThat(ended.passed()).isFalse();
        assertThat(ended.stopped()).isEmpty();
        assertThat(host.runs().output(RUN)).isEqualTo("one\ntwo\n");
    }

    @Test
    void only_an_exit_status_of_0_is_a_pass() {
        assertThat(run(host().with("job", "#!/bin/sh\ntrue\n")).passed()).isTrue();
    }

    @Test
    void an_argument_is_taken_as_it_is_and_by_no_shell() {
        ScriptHost host =
                host().with("job", "#!/bin/sh\nprintf '<%s>' \"$@\"\n", with(List.of("a b", "$(id)", "*; x", "")));

        run(host);

        assertThat(host.runs().output(RUN)).isEqualTo("<a b><$(id)><*; x><>");
    }

    @Test
    void the_environment_is_clean_but_for_what_is_allowed_by_name() {
        ScriptHost host = host().having("TOKEN", "s3cret")
                .having("REGION", "eu-1")
                .with(
                        "job",
                        "#!/bin/sh\nenv | cut -d= -f1 | grep -v -e '^_$' -e '^OLDPWD$' | sort | tr '\\n' ' '; echo $REGION",
                        script -> new Script(
                                script.path(),
                                script.sha256(),
                                List.of(),
                                script.timeLimit(),
                                script.maxOutput(),
                                List.of("REGION", "ABSENT"),
                                false,
                                1));

        run(host);

        assertThat(host.runs().output(RUN)).isEqualTo("INCIDENT_ORCHESTRATOR_RUN LANG PATH PWD REGION eu-1\n");
    }

    @Test
    void it_runs_in_the_root_without_input_and_what_it_makes_is_its_owners() throws IOException {
        ScriptHost host = host().with("job", "#!/bin/sh\nwc -c\numask\npwd\n");

        run(host);

        assertThat(host.runs().output(RUN).lines().map(String::strip))
                .containsExactly("0", "0077", host.root().toRealPath().toString());
    }

    @Test
    void what_is_run_is_the_copy_that_was_hashed_whatever_becomes_of_the_file() throws IOException {
        Path pipe = host().pipe("hold");
        ScriptHost host = host().with("job", "#!/bin/sh\nread line < " + pipe + "\necho pinned\n");
        start(host, RUN);
        Files.writeString(host.file("job"), "#!/bin/sh\necho exchanged exchanged exchanged exchanged exchanged\n");
        say(pipe, "go");

        assertThat(((Ended) host.end(RUN)).passed()).isTrue();
        assertThat(host.runs().output(RUN)).isEqualTo("pinned\n");
    }

    @Test
    void a_file_that_was_exchanged_is_not_run() throws IOException {
        ScriptHost host = host().with("job", "#!/bin/sh\ntrue\n");
        ScriptOrder decided = host.catalogue().examine("job");
        Files.writeString(host.file("job"), "#!/bin/sh\nfalse\n");

        assertThatThrownBy(() -> host.runner().start(decided, RUN))
                .isInstanceOfSatisfying(
                        HostFailure.class, failure -> assertThat(failure.kind()).isEqualTo(Kind.CHANGED))
                .hasMessageContaining("infra/job.sh has the SHA-256");
        assertThat(host.runs().find(RUN, ScriptHost.NAME)).isInstanceOf(RunState.None.class);
    }

    @Test
    void what_the_settings_say_something_else_of_than_was_decided_is_not_run() {
        ScriptOrder decided = host().with("job", "#!/bin/sh\ntrue\n", with(List.of("--all")))
                .catalogue()
                .examine("job");

        assertThatThrownBy(
                        () -> host().with("job", "#!/bin/sh\ntrue\n").runner().start(decided, RUN))
                .isInstanceOfSatisfying(
                        HostFailure.class, failure -> assertThat(failure.kind()).isEqualTo(Kind.CHANGED));
    }

    @Test
    void a_script_that_is_missing_is_not_available_and_never_a_pass() throws IOException {
        ScriptHost host = host().with("job", "#!/bin/sh\ntrue\n");
        Files.delete(host.file("job"));

        assertThat(refusalOf(host, "job")).isEqualTo(Kind.NOT_AVAILABLE);
        assertThat(refusalOf(host, "another")).isEqualTo(Kind.UNKNOWN);
    }

    @Test
    void a_folder_and_a_file_that_is_not_executable_are_not_available() throws IOException {
        ScriptHost host = host().with("job", "#!/bin/sh\ntrue\n");
        permit(host.file("job"), "rw-r--r--");
        assertThat(refusalOf(host, "job")).isEqualTo(Kind.NOT_AVAILABLE);

        Files.delete(host.file("job"));
        Files.createDirectory(host.file("job"));
        assertThat(refusalOf(host, "job")).isEqualTo(Kind.NOT_AVAILABLE);
    }

    @Test
    void what_others_may_replace_is_not_run() {
        ScriptHost host = host().with("job", "#!/bin/sh\ntrue\n");
        permit(host.file("job"), "rwxrwxr-x");
        assertThat(refusalOf(host, "job")).isEqualTo(Kind.UNSAFE);

        permit(host.file("job"), "rwxr-xr-x");
        permit(host.file("job").getParent(), "rwxr-xrwx");
        assertThat(refusalOf(host, "job")).isEqualTo(Kind.UNSAFE);
    }

    @Test
    void a_link_that_leads_out_of_the_root_is_not_followed() throws IOException {
        ScriptHost host = host().with("job", "#!/bin/sh\ntrue\n");
        Path outside = folder.resolve("outside.sh");
        Files.move(host.file("job"), outside);
        Files.createSymbolicLink(host.file("job"), outside);

        assertThat(refusalOf(host, "job")).isEqualTo(Kind.UNSAFE);
    }

    @Test
    void what_is_wrong_with_the_catalogue_is_told_all_at_once() throws IOException {
        ScriptHost host = host().with("job", "#!/bin/sh\ntrue\n")
                .with("other", "#!/bin/sh\ntrue\n")
                .with("good", "#!/bin/sh\n");
        Files.delete(host.file("job"));
        permit(host.file("other"), "rwxrwxrwx");

        assertThat(host.catalogue().faults())
                .hasSize(2)
                .anySatisfy(fault -> assertThat(fault).startsWith("job: ").contains("is not there"))
                .anySatisfy(fault -> assertThat(fault).startsWith("other: ").contains("(chmod go-w)"));
    }

    @Test
    void output_beyond_the_cap_is_read_and_dropped() {
        ScriptHost host = host().with(
                        "job",
                        "#!/bin/sh\nhead -c 100000000 /dev/zero | tr '\\0' x\necho end\n",
                        script -> new Script(
                                script.path(),
                                script.sha256(),
                                List.of(),
                                script.timeLimit(),
                                DataSize.ofKilobytes(4),
                                List.of(),
                                false,
                                1));

        Ended ended = run(host);

        assertThat(ended.passed()).isTrue();
        assertThat(host.runs().output(RUN)).hasSize(4096);
        assertThat(ended.dropped()).isEqualTo(100_000_000L + "end\n".length() - 4096);
    }

    @Test
    void what_ignores_sigterm_at_its_time_limit_is_killed() {
        Path never = host().pipe("never");
        ScriptHost host = host().patientFor(Duration.ofSeconds(1))
                .with(
                        "job",
                        "#!/bin/sh\ntrap '' TERM\necho waiting\nread line < " + never + "\n",
                        script -> limited(script, Duration.ofSeconds(1)));

        Ended ended = run(host);

        assertThat(ended.exit()).isEqualTo(128 + 9);
        assertThat(ended.stopped()).isEqualTo("timeLimit");
        assertThat(ended.passed()).isFalse();
        assertThat(host.runs().output(RUN)).startsWith("waiting\n");
    }

    @Test
    void a_status_of_0_after_the_time_limit_is_no_pass() {
        Path never = host().pipe("never");
        ScriptHost host = host().with(
                        "job",
                        "#!/bin/sh\ntrap 'exit 0' TERM\nread line < " + never + "\n",
                        script -> limited(script, Duration.ofSeconds(1)));

        Ended ended = run(host);

        assertThat(ended.exit()).isZero();
        assertThat(ended.passed()).isFalse();
    }

    @Test
    void what_a_script_leaves_behind_is_ended_in_another_session_too() {
        Path never = host().pipe("never");
        ScriptHost host = host().with(
                        "job",
                        "#!/bin/sh\n(setsid sh -c 'read line < " + never + "' &)\nsh -c 'read line < " + never
                                + "' &\nexit 0\n");

        Ended ended = run(host);

        assertThat(ended.passed()).isTrue();
        assertThat(RunProcesses.marked(host.runs().folder(RUN))).isZero();
    }

    @Test
    void a_script_is_not_begun_twice_however_often_it_is_sent() throws IOException {
        Path count = folder.resolve("count");
        ScriptHost host = host().with("job", "#!/bin/sh\necho once >> " + count + "\n");

        start(host, RUN);
        host.end(RUN);
        start(host, RUN);
        host.end(RUN);

        assertThat(Files.readString(count)).isEqualTo("once\n");
    }

    @Test
    void a_supervisor_that_comes_late_leaves_the_run_to_the_first() throws Exception {
        Path count = folder.resolve("count");
        ScriptHost host = host().with("job", "#!/bin/sh\necho once >> " + count + "\n");
        start(host, RUN);
        host.end(RUN);

        RunFolder run = host.runs().folder(RUN);
        Process late = new ProcessBuilder(
                        "sh",
                        run.supervisor().toString(),
                        run.path().toString(),
                        "9",
                        "9",
                        "99",
                        run.path() + "/script/job.sh")
                .start();

        assertThat(new String(late.getInputStream().readAllBytes())).isEqualTo("begun before\n");
        assertThat(late.waitFor()).isZero();
        assertThat(Files.readString(count)).isEqualTo("once\n");
    }

    @Test
    void no_more_runs_than_allowed_are_under_way() {
        Path hold = host().pipe("hold");
        ScriptHost host = host().with("job", "#!/bin/sh\nread line < " + hold + "\n");
        start(host, RUN);

        assertThat(host.runs().find(RUN, ScriptHost.NAME)).isInstanceOf(Running.class);
        assertThatThrownBy(() -> start(host, NEXT))
                .isInstanceOfSatisfying(
                        HostFailure.class, failure -> assertThat(failure.kind()).isEqualTo(Kind.BUSY));

        say(hold, "go");
        host.end(RUN);
        Path again = hold;
        start(host, NEXT);
        say(again, "go");
        assertThat(((Ended) host.end(NEXT)).passed()).isTrue();
    }

    @Test
    void a_run_whose_supervisor_was_killed_is_lost_and_its_processes_are_counted() {
        Path ready = host().pipe("ready");
        Path hold = host().pipe("hold");
        ScriptHost host = host().with("job", "#!/bin/sh\necho ready > " + ready + "\nread line < " + hold + "\n");
        start(host, RUN);
        hear(ready);

        List<ProcessHandle> left = host.supervisor(RUN).orElseThrow().children().toList();
        host.supervisor(RUN).orElseThrow().destroyForcibly();
        RunState state = host.end(RUN);
        left.forEach(ProcessHandle::destroyForcibly);

        assertThat(state).isEqualTo(new Lost(1));
        assertThat(refusal(host)).isNull();
    }

    @Test
    void a_supervisor_that_is_asked_to_stop_ends_the_script_and_writes_that_down() {
        Path ready = host().pipe("ready");
        Path never = host().pipe("never");
        ScriptHost host = host().with("job", "#!/bin/sh\necho ready > " + ready + "\nread line < " + never + "\n");
        start(host, RUN);
        hear(ready);

        host.supervisor(RUN).orElseThrow().destroy();
        Ended ended = (Ended) host.end(RUN);

        assertThat(ended.stopped()).isEqualTo("signal");
        assertThat(ended.exit()).isEqualTo(128 + 15);
        assertThat(ended.passed()).isFalse();
    }

    @Test
    void the_run_of_another_machine_is_elsewhere_and_without_a_trace_there_is_none() {
        ScriptRuns runs = host().with("job", "#!/bin/sh\n").runs();

        assertThat(runs.find(RUN, "host-2")).isEqualTo(new RunState.Elsewhere("host-2"));
        assertThat(runs.find(RUN, ScriptHost.NAME)).isInstanceOf(RunState.None.class);
    }

    @Test
    void a_name_that_leads_out_of_the_runs_folder_is_no_name() {
        assertThat(ScriptRuns.isName(RUN)).isTrue();
        assertThat(ScriptRuns.isName("../job.inc-7.1")).isFalse();
        assertThat(ScriptRuns.isName("job..1")).isFalse();
        assertThat(ScriptRuns.isName(null)).isFalse();
    }

    private static Kind refusalOf(ScriptHost host, String script) {
        try {
            host.catalogue().examine(script);
            return null;
        } catch (HostFailure failure) {
            return failure.kind();
        }
    }

    private static UnaryOperator<Script> with(List<String> arguments) {
        return script -> new Script(
                script.path(),
                script.sha256(),
                arguments,
                script.timeLimit(),
                script.maxOutput(),
                script.environment(),
                script.readOnly(),
                script.atOnce());
    }

    private static Script limited(Script script, Duration limit) {
        return new Script(
                script.path(),
                script.sha256(),
                List.of(),
                limit,
                script.maxOutput(),
                List.of(),
                false,
                script.atOnce());
    }
}
