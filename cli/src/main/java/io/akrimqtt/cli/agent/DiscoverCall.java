package io.akrimqtt.cli.agent;

import io.akrimqtt.cli.agent.AgentEvent.Cause;
import io.akrimqtt.proto.akri.v0.DiscoverRequest;
import io.akrimqtt.proto.akri.v0.DiscoverResponse;
import io.akrimqtt.proto.akri.v0.DiscoveryHandlerGrpc;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.function.Consumer;

/** One Discover over a connection of its own; what it hears becomes inputs of the core. Its methods are thread-safe. */
final class DiscoverCall {

    private final long id;
    private final Endpoint endpoint;
    private final DiscoverConnection connection;
    private final Consumer<Input> inputs;

    /**
     * Does not connect yet.
     *
     * @param inputs may wait, which slows the handler down and nobody else
     * @throws IllegalArgumentException where the endpoint's address is none
     */
    DiscoverCall(long id, Endpoint endpoint, AgentTransport transport, Consumer<Input> inputs) {
        this.id = id;
        this.endpoint = endpoint;
        this.inputs = inputs;
        this.connection = new DiscoverConnection(endpoint, transport);
    }

    /** Resolves the properties, which may take time, connects and calls. */
    void start(String details, DiscoveryProperties properties) {
        var request = DiscoverRequest.newBuilder().setDiscoveryDetails(details);
        try {
            properties.resolve().forEach((name, bytes) -> request.putDiscoveryProperties(name, bytes.data()));
        } catch (UnresolvedPropertyException e) {
            refuse(Cause.UNRESOLVED_PROPERTY, String.valueOf(e.getMessage()));
            return;
        } catch (RuntimeException e) {
            // Its text might hold what must not be seen; unanswered, the agent would hang.
            refuse(
                    Cause.UNRESOLVED_PROPERTY,
                    "discoveryProperties: " + e.getClass().getName());
            return;
        }
        var call = connection.channel().newCall(DiscoveryHandlerGrpc.getDiscoverMethod(), CallOptions.DEFAULT);
        call.start(new Lists(call), new Metadata());
        call.request(1);
        call.sendMessage(request.build());
        call.halfClose();
    }

    /** Ends the call, at any time; what it still says is of no interest. */
    void cancel() {
        connection.close();
    }

    private void refuse(Cause cause, String description) {
        connection.close();
        inputs.accept(new Input.Refused(id, new Refusal(cause, description)));
    }

    private final class Lists extends ClientCall.Listener<DiscoverResponse> {

        private final ClientCall<DiscoverRequest, DiscoverResponse> call;
        private boolean answered;

        Lists(ClientCall<DiscoverRequest, DiscoverResponse> call) {
            this.call = call;
        }

        @Override
        public void onHeaders(Metadata headers) {
            answered = true;
            inputs.accept(new Input.Answered(id));
        }

        @Override
        public void onMessage(DiscoverResponse list) {
            inputs.accept(new Input.Listed(
                    id,
                    list.getDevicesList().stream()
                            .map(device ->
                                    new ReportedDevice(device.getId(), device.getPropertiesMap(), endpoint.shared()))
                            .toList()));
            call.request(1);
        }

        @Override
        public void onClose(Status status, Metadata trailers) {
            if (!answered && !status.isOk()) {
                refused(status);
                return;
            }
            if (!answered) {
                // An OK without anything before it is, to tonic, a stream that began and ended.
                inputs.accept(new Input.Answered(id));
            }
            connection.close();
            inputs.accept(new Input.Ended(id, status.isOk() ? "the handler ended it" : text(status)));
        }

        private void refused(Status status) {
            var unreachable = connection.connectFailure();
            if (unreachable.isPresent()) {
                refuse(Cause.UNREACHABLE, unreachable.get());
            } else if (status.getCode() == Status.Code.INVALID_ARGUMENT) {
                refuse(Cause.INVALID_DETAILS, String.valueOf(status.getDescription()));
            } else {
                refuse(Cause.UNAVAILABLE, text(status));
            }
        }

        private static String text(Status status) {
            boolean tooLarge = status.getCode() == Status.Code.RESOURCE_EXHAUSTED
                    && String.valueOf(status.getDescription()).startsWith("gRPC message exceeds maximum size");
            // Akri's agent calls it OUT_OF_RANGE.
            var code = tooLarge ? Status.Code.OUT_OF_RANGE : status.getCode();
            return status.getDescription() == null ? code.name() : code + ": " + status.getDescription();
        }
    }
}
