package org.incidentorchestrator.probe;

import java.io.IOException;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/** An answer's bytes, broken off where they become more than memory should hold. */
final class CappedBody implements BodySubscriber<byte[]> {
    private final BodySubscriber<byte[]> all = BodySubscribers.ofByteArray();
    private final int most;
    private Subscription subscription;
    private long taken;

    CappedBody(int most) {
        this.most = most;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
        return all.getBody();
    }

    @Override
    public void onSubscribe(Subscription given) {
        subscription = given;
        all.onSubscribe(given);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        taken += buffers.stream().mapToLong(ByteBuffer::remaining).sum();
        if (taken <= most) {
            all.onNext(buffers);
        } else {
            subscription.cancel();
            all.onError(new TooLarge("the answer has more than " + most / 1024 + " KiB"));
        }
    }

    @Override
    public void onError(Throwable broken) {
        all.onError(broken);
    }

    @Override
    public void onComplete() {
        all.onComplete();
    }

    static final class TooLarge extends IOException {
        private TooLarge(String message) {
            super(message);
        }
    }
}
