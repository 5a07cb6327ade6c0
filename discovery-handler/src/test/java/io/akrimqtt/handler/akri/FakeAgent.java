package io.akrimqtt.handler.akri;

import io.akrimqtt.proto.akri.v0.Empty;
import io.akrimqtt.proto.akri.v0.RegisterDiscoveryHandlerRequest;
import io.akrimqtt.proto.akri.v0.RegistrationGrpc;
import io.akrimqtt.serving.GrpcListener;
import io.akrimqtt.serving.ListenAddress;
import io.grpc.BindableService;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** The registration side of Akri's agent. Like the agent, it takes no authority but {@code host[:port]}. Thread-safe. */
public final class FakeAgent extends RegistrationGrpc.RegistrationImplBase implements AutoCloseable {

    private final CopyOnWriteArrayList<RegisterDiscoveryHandlerRequest> registrations = new CopyOnWriteArrayList<>();
    private final CopyOnWriteArrayList<Long> arrivals = new CopyOnWriteArrayList<>();
    private final CountDownLatch answers;
    private final AtomicInteger refusals;
    private final GrpcListener listener;

    private FakeAgent(Path socket, int refusals, CountDownLatch answers) throws IOException {
        this.answers = answers;
        this.refusals = new AtomicInteger(refusals);
        BindableService service = () -> ServerInterceptors.intercept(this, new HostOnly());
        this.listener = Objects.requireNonNull(
                GrpcListener.start(new ListenAddress.UnixSocket(socket), List.of(service)), "listener");
    }

    public static FakeAgent start(Path socket) throws IOException {
        return new FakeAgent(socket, 0, new CountDownLatch(0));
    }

    /** One that is not ready for the first calls. */
    static FakeAgent refusing(Path socket, int calls) throws IOException {
        return new FakeAgent(socket, calls, new CountDownLatch(0));
    }

    /** One that takes registrations at once and answers late. */
    static FakeAgent slow(Path socket, CountDownLatch answers) throws IOException {
        return new FakeAgent(socket, 0, answers);
    }

    /** When registrations came, by the monotonic clock. */
    List<Long> arrivals() {
        return arrivals;
    }

    public List<RegisterDiscoveryHandlerRequest> registrations() {
        return registrations;
    }

    @Override
    public void registerDiscoveryHandler(RegisterDiscoveryHandlerRequest request, StreamObserver<Empty> observer) {
        if (refusals.getAndDecrement() > 0) {
            observer.onError(Status.UNAVAILABLE.asRuntimeException());
            return;
        }
        registrations.add(request);
        arrivals.add(System.nanoTime());
        try {
            answers.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        observer.onNext(Empty.getDefaultInstance());
        observer.onCompleted();
    }

    @Override
    public void close() {
        listener.close();
    }

    private static final class HostOnly implements ServerInterceptor {
        @Override
        public <Q, A> ServerCall.Listener<Q> interceptCall(
                ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
            if (!"localhost".equals(call.getAuthority())) {
                call.close(Status.INTERNAL.withDescription("PROTOCOL_ERROR: " + call.getAuthority()), new Metadata());
                return new ServerCall.Listener<>() {};
            }
            return next.startCall(call, headers);
        }
    }
}
