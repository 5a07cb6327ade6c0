package io.akrimqtt.handler.akri;

import io.akrimqtt.handler.report.ReportSink;
import io.akrimqtt.proto.akri.v0.DiscoverResponse;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * One Discover call. Holds the latest list that the agent has not taken yet and nothing older, however slow the agent is; ends the
 * stream only where it is told to. Thread-safe.
 */
final class DiscoverStream implements ReportSink {

    private final ServerCallStreamObserver<DiscoverResponse> call;
    private final Runnable headers;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable DiscoverResponse latest;
    private boolean ended;
    private volatile boolean listed;

    DiscoverStream(ServerCallStreamObserver<DiscoverResponse> call, Runnable headers) {
        this.call = call;
        this.headers = headers;
    }

    /** Sends the response headers, which is the agent's sign that its call was accepted. */
    void accept() {
        lock.lock();
        try {
            if (!ended) {
                headers.run();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Whether the transport has been given a list. */
    boolean listed() {
        return listed;
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

    /** Completes the call: what the agent then does is ask anew, at once where this was its last stream. */
    @Override
    public void end(String reason) {
        lock.lock();
        try {
            if (!ended && !call.isCancelled()) {
                headers.run();
                call.onCompleted();
            }
            ended = true;
            latest = null;
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
        if (latest != null && !ended && !call.isCancelled() && call.isReady()) {
            call.onNext(latest);
            latest = null;
            listed = true;
        }
    }
}
