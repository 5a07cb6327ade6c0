package io.akrimqtt.handler.akri;

import io.akrimqtt.handler.report.ReportSink;
import io.akrimqtt.proto.akri.v0.DiscoverResponse;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One Discover call. Holds the latest list that the agent has not taken yet and nothing older, however slow the agent is; never
 * ends the stream. Thread-safe.
 */
final class DiscoverStream implements ReportSink {

    private final ServerCallStreamObserver<DiscoverResponse> call;
    private final Runnable headers;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable DiscoverResponse latest;

    DiscoverStream(ServerCallStreamObserver<DiscoverResponse> call, Runnable headers) {
        this.call = call;
        this.headers = headers;
    }

    /** Sends the response headers, which is the agent's sign that its call was accepted. */
    void accept() {
        lock.lock();
        try {
            headers.run();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void send(DiscoverResponse response) {
        lock.lock();
        try {
            latest = response;
            pump();
        } finally {
            lock.unlock();
        }
    }

    /** The transport takes messages again. */
    void ready() {
        lock.lock();
        try {
            pump();
        } finally {
            lock.unlock();
        }
    }

    private void pump() {
        if (latest != null && !call.isCancelled() && call.isReady()) {
            call.onNext(latest);
            latest = null;
        }
    }
}
