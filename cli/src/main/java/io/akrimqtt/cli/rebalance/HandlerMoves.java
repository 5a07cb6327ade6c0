package io.akrimqtt.cli.rebalance;

import io.akrimqtt.proto.discovery.v1.MoveDeviceRequest;
import io.akrimqtt.proto.discovery.v1.MoveProgress;
import io.akrimqtt.proto.discovery.v1.PlacementGrpc;
import io.akrimqtt.proto.discovery.v1.PlanMovesRequest;
import io.akrimqtt.proto.discovery.v1.PlanMovesResponse;
import io.akrimqtt.serving.GrpcChannels;
import io.akrimqtt.serving.GrpcConnection;
import io.akrimqtt.serving.ListenAddress;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** One handler, asked to plan and to move. Confined to one thread. */
final class HandlerMoves implements AutoCloseable {

    private static final Duration PLANNING = Duration.ofSeconds(30);

    /** A handler gives a move up after ten minutes. */
    private static final Duration MOVING = Duration.ofMinutes(12);

    private final ListenAddress address;
    private final GrpcConnection connection;

    HandlerMoves(ListenAddress address) {
        this.address = address;
        this.connection = GrpcChannels.open(address);
    }

    private PlacementGrpc.PlacementBlockingStub stub(Duration patience) {
        return PlacementGrpc.newBlockingStub(connection.channel())
                .withDeadlineAfter(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** @param most 0 for all */
    PlanMovesResponse plan(int most) throws RebalanceException {
        try {
            return stub(PLANNING)
                    .planMoves(PlanMovesRequest.newBuilder().setMost(most).build());
        } catch (StatusRuntimeException e) {
            throw new RebalanceException(sentence(e));
        }
    }

    /**
     * Moves a device of the handler's node, and returns when that is over.
     *
     * @param told is told of each step, the last one included
     * @throws StatusRuntimeException where the handler refuses or goes away, or the call is cancelled
     */
    void move(String device, Consumer<MoveProgress> told) {
        stub(MOVING)
                .moveDevice(MoveDeviceRequest.newBuilder().setDevice(device).build())
                .forEachRemaining(told);
    }

    /** What went wrong. */
    String sentence(StatusRuntimeException e) {
        var description = e.getStatus().getDescription();
        var code = e.getStatus().getCode();
        if (code == Code.UNAVAILABLE) {
            return "no discovery handler answers at " + address;
        }
        if (code == Code.UNIMPLEMENTED) {
            return "what listens at " + address + " is no discovery handler of akri-mqtt that can move devices";
        }
        boolean refusal = code == Code.FAILED_PRECONDITION || code == Code.ABORTED;
        return "the discovery handler at " + address + (refusal ? " refuses" : " answers " + code)
                + (description == null ? "" : ": " + description);
    }

    @Override
    public void close() {
        connection.close();
    }
}
