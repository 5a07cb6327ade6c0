package io.akrimqtt.cli.command;

import static java.util.Objects.requireNonNull;

import io.akrimqtt.proto.monitoring.v1.CancelCommandRequest;
import io.akrimqtt.proto.monitoring.v1.Command;
import io.akrimqtt.proto.monitoring.v1.CommandState;
import io.akrimqtt.proto.monitoring.v1.CommandStatus;
import io.akrimqtt.proto.monitoring.v1.Device;
import io.akrimqtt.proto.monitoring.v1.GetDeviceRequest;
import io.akrimqtt.proto.monitoring.v1.InvokeCommandRequest;
import io.akrimqtt.proto.monitoring.v1.ListCommandsRequest;
import io.akrimqtt.proto.monitoring.v1.ListCommandsResponse;
import io.akrimqtt.proto.monitoring.v1.MonitoringGrpc;
import io.akrimqtt.serving.GrpcListener;
import io.akrimqtt.serving.GrpcSecurity;
import io.akrimqtt.serving.ListenAddress;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** The workload of the device {@code press}, which answers as a test says. */
final class TestWorkload extends MonitoringGrpc.MonitoringImplBase implements AutoCloseable {

    final List<InvokeCommandRequest> asked = new CopyOnWriteArrayList<>();
    final List<ListCommandsRequest> listed = new CopyOnWriteArrayList<>();
    final List<String> cancelled = new CopyOnWriteArrayList<>();
    final List<String> authorizations = new CopyOnWriteArrayList<>();
    volatile CommandStatus answer = status(CommandState.COMMAND_STATE_SUCCEEDED).build();
    volatile List<Command> remembered = List.of();
    volatile boolean readable = true;
    private final GrpcListener listener;

    TestWorkload() {
        this(null);
    }

    TestWorkload(io.akrimqtt.serving.@Nullable ServerTls tls) {
        try {
            listener = requireNonNull(GrpcListener.start(
                    ListenAddress.parse("127.0.0.1:0"), List.of(this), new GrpcSecurity(tls, new Ear())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A last state. */
    static CommandStatus.Builder status(CommandState state) {
        return CommandStatus.newBuilder().setCommandId("c0ffee").setState(state).setLast(true);
    }

    String address() {
        return listener.address().toString();
    }

    int port() {
        return ((ListenAddress.Tcp) listener.address()).port();
    }

    /** Hears who calls. */
    private final class Ear implements ServerInterceptor {
        @Override
        public <T, R> ServerCall.Listener<T> interceptCall(
                ServerCall<T, R> call, Metadata headers, ServerCallHandler<T, R> next) {
            @Nullable String header = headers.get(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER));
            authorizations.add(header == null ? "" : header);
            return next.startCall(call, headers);
        }
    }

    private boolean mayRead(StreamObserver<?> observer) {
        if (!readable) {
            observer.onError(Status.PERMISSION_DENIED
                    .withDescription("the rules do not let this caller read")
                    .asRuntimeException());
        }
        return readable;
    }

    @Override
    public void getDevice(GetDeviceRequest request, StreamObserver<Device> observer) {
        if (mayRead(observer)) {
            observer.onNext(
                    Device.newBuilder().setId("hall/press").setName("press").build());
            observer.onCompleted();
        }
    }

    @Override
    public void invokeCommand(InvokeCommandRequest request, StreamObserver<CommandStatus> observer) {
        asked.add(request);
        observer.onNext(
                status(CommandState.COMMAND_STATE_PUBLISHED).setLast(false).build());
        observer.onNext(answer);
        observer.onCompleted();
    }

    @Override
    public void submitCommand(InvokeCommandRequest request, StreamObserver<CommandStatus> observer) {
        asked.add(request);
        observer.onNext(answer);
        observer.onCompleted();
    }

    @Override
    public void listCommands(ListCommandsRequest request, StreamObserver<ListCommandsResponse> observer) {
        listed.add(request);
        if (mayRead(observer)) {
            observer.onNext(
                    ListCommandsResponse.newBuilder().addAllCommands(remembered).build());
            observer.onCompleted();
        }
    }

    @Override
    public void cancelCommand(CancelCommandRequest request, StreamObserver<CommandStatus> observer) {
        cancelled.add(request.getCommandId());
        observer.onNext(answer);
        observer.onCompleted();
    }

    @Override
    public void close() {
        listener.close();
    }
}
