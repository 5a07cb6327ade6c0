package io.akrimqtt.serving;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Bounds how many calls are under way over all connections; more are refused with RESOURCE_EXHAUSTED. Thread-safe. */
final class CallLimit implements ServerInterceptor {

    private final int most;
    private final AtomicInteger calls = new AtomicInteger();

    CallLimit(int most) {
        this.most = most;
    }

    @Override
    public <T, R> ServerCall.Listener<T> interceptCall(
            ServerCall<T, R> call, Metadata headers, ServerCallHandler<T, R> next) {
        if (calls.incrementAndGet() > most) {
            calls.decrementAndGet();
            call.close(
                    Status.RESOURCE_EXHAUSTED.withDescription("more than " + most + " calls are under way"),
                    new Metadata());
            return new ServerCall.Listener<>() {};
        }
        try {
            return new Counted<>(next.startCall(call, headers));
        } catch (RuntimeException e) {
            calls.decrementAndGet();
            throw e;
        }
    }

    private final class Counted<T> extends SimpleForwardingServerCallListener<T> {

        private final AtomicBoolean ended = new AtomicBoolean();

        Counted(ServerCall.Listener<T> listener) {
            super(listener);
        }

        @Override
        public void onCancel() {
            end();
            super.onCancel();
        }

        @Override
        public void onComplete() {
            end();
            super.onComplete();
        }

        private void end() {
            if (ended.compareAndSet(false, true)) {
                calls.decrementAndGet();
            }
        }
    }
}
