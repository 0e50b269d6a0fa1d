package org.incidentorchestrator.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.http.WebSocket;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.incidentorchestrator.cluster.ClusterReader.ExecAnswer;
import org.junit.jupiter.api.Test;

/** What kubelets send, as they send it: kwok, which plays them elsewhere, knows no exit codes. */
class PodExecTest {
    private static final int OUT = 1;
    private static final int ERR = 2;

    private final ExecStream stream = new ExecStream(new Bound(Duration.ofSeconds(10)), 10);

    @Test
    void both_outputs_and_success() {
        arrives(OUT, "a\n");
        arrives(ERR, "warning\n");
        arrives(OUT, "b\n");
        assertThat(ended("{\"metadata\":{},\"status\":\"Success\"}"))
                .hasValue(new ExecAnswer.Ended(0, "a\nb\n", "warning\n", false));
    }

    @Test
    void the_exit_code_of_a_program_that_failed() {
        assertThat(
                        ended(
                                """
                {"metadata":{},"status":"Failure","message":"command terminated with non-zero exit code: exit status 3",
                 "reason":"NonZeroExitCode","details":{"causes":[{"reason":"ExitCode","message":"3"}]}}"""))
                .hasValue(new ExecAnswer.Ended(3, "", "", false));
    }

    @Test
    void a_program_that_the_image_has_not() {
        String message = "Internal error occurred: error executing command in container: failed to exec in container:"
                + " OCI runtime exec failed: exec failed: unable to start container process: exec: 'jstat':"
                + " executable file not found in $PATH: unknown";
        assertThat(ended(failure(message))).hasValue(new ExecAnswer.NotStarted(message));
    }

    @Test
    void a_program_that_the_runtime_could_not_run_tells_it_by_a_shells_exit_code() {
        arrives(OUT, "not found\r\n");
        assertThat(
                        ended(
                                """
                {"metadata":{},"status":"Failure","message":"command terminated with exit code 127",
                 "reason":"NonZeroExitCode","details":{"causes":[{"reason":"ExitCode","message":"127"}]}}"""))
                .hasValue(new ExecAnswer.NotStarted("not found"));
    }

    @Test
    void what_is_beyond_the_size_is_let_go_and_the_end_is_heard_of_nevertheless() {
        arrives(OUT, "0123456789abc");
        arrives(OUT, "def");
        assertThat(ended("{\"status\":\"Success\"}")).hasValue(new ExecAnswer.Ended(0, "0123456789", "", true));
    }

    @Test
    void an_end_that_nobody_explains_is_no_answer() {
        arrives(OUT, "a");
        assertThat(ended("")).isEmpty();
        assertThat(ended(failure("error dialing backend: connection refused"))).isEmpty();
    }

    @Test
    void an_empty_message_and_a_channel_that_is_not_known_are_passed_over() {
        stream.onMessage(new Deaf(), ByteBuffer.allocate(0));
        arrives(OUT, "");
        arrives(9, "x");
        assertThat(ended("{\"status\":\"Success\"}")).hasValue(new ExecAnswer.Ended(0, "", "", false));
    }

    private Optional<ExecAnswer> ended(String status) {
        return PodExec.answer(stream, ApiAnswer.ofStream(status));
    }

    private static String failure(String message) {
        return "{\"metadata\":{},\"status\":\"Failure\",\"reason\":\"InternalError\",\"message\":\"" + message + "\"}";
    }

    private void arrives(int channel, String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(channel);
        bytes.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        stream.onMessage(new Deaf(), ByteBuffer.wrap(bytes.toByteArray()));
    }

    /** The sending side, which is not looked at here. */
    private static final class Deaf implements WebSocket {
        @Override
        public boolean send(ByteBuffer buffer) {
            return true;
        }

        @Override
        public boolean sendClose(int code, String reason) {
            return true;
        }

        @Override
        public long queueSize() {
            return 0;
        }

        @Override
        public void request() {}
    }
}
