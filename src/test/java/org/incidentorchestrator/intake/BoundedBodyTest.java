package org.incidentorchestrator.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Flow.Subscription;
import org.junit.jupiter.api.Test;

class BoundedBodyTest {
    private final Source source = new Source();

    @Test
    void a_body_within_the_bound_is_kept_whole() {
        BoundedBody body = new BoundedBody(4);
        body.onSubscribe(source);
        body.onNext(List.of(ByteBuffer.wrap(new byte[] {1, 2}), ByteBuffer.wrap(new byte[] {3, 4})));
        body.onComplete();

        assertThat(body.getBody().toCompletableFuture().join()).containsExactly(1, 2, 3, 4);
        assertThat(source.cancelled).isFalse();
    }

    @Test
    void a_larger_one_is_broken_off() {
        BoundedBody body = new BoundedBody(3);
        body.onSubscribe(source);
        body.onNext(List.of(ByteBuffer.wrap(new byte[4])));

        assertThat(source.cancelled).isTrue();
        assertThatThrownBy(() -> body.getBody().toCompletableFuture().join())
                .hasMessageContaining("larger than 3 bytes");
    }

    private static final class Source implements Subscription {
        private boolean cancelled;

        @Override
        public void request(long more) {
            // The test sends what it wants.
        }

        @Override
        public void cancel() {
            cancelled = true;
        }
    }
}
