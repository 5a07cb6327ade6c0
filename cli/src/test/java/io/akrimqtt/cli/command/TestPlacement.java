package io.akrimqtt.cli.command;

import io.akrimqtt.proto.discovery.v1.Move;
import io.akrimqtt.proto.discovery.v1.MoveDeviceRequest;
import io.akrimqtt.proto.discovery.v1.MoveProgress;
import io.akrimqtt.proto.discovery.v1.MoveState;
import io.akrimqtt.proto.discovery.v1.NodeLoad;
import io.akrimqtt.proto.discovery.v1.PlacementGrpc;
import io.akrimqtt.proto.discovery.v1.PlanMovesRequest;
import io.akrimqtt.proto.discovery.v1.PlanMovesResponse;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The API of a node's handler that has a plan, and moves as a test says. */
final class TestPlacement extends PlacementGrpc.PlacementImplBase {

    /** In place of a state: the handler goes away. */
    static final MoveState DIES = MoveState.UNRECOGNIZED;

    private final String node;
    private final List<Move> moves;
    private final Map<String, List<MoveState>> states = new ConcurrentHashMap<>();
    private final Map<String, Status> refusals = new ConcurrentHashMap<>();
    final List<String> asked = new CopyOnWriteArrayList<>();

    TestPlacement(String node, Move... moves) {
        this.node = node;
        this.moves = List.of(moves);
    }

    static Move move(String device, String from, String to) {
        return Move.newBuilder()
                .setDevice(device)
                .setInstance("mqtt-" + device.hashCode())
                .setFrom(from)
                .setTo(to)
                .build();
    }

    void goes(String device, MoveState... through) {
        states.put(device, List.of(through));
    }

    void refuses(String what, Status why) {
        refusals.put(what, why);
    }

    @Override
    public void planMoves(PlanMovesRequest request, StreamObserver<PlanMovesResponse> observer) {
        var refusal = refusals.get("plan");
        if (refusal != null) {
            observer.onError(refusal.asRuntimeException());
            return;
        }
        int most = request.getMost() == 0 ? moves.size() : Math.min(request.getMost(), moves.size());
        observer.onNext(PlanMovesResponse.newBuilder()
                .setNode(node)
                .addAllMoves(moves.subList(0, most))
                .addNodes(NodeLoad.newBuilder().setNode("node-a").setDevices(4).setPlanned(4 - most))
                .addNodes(NodeLoad.newBuilder().setNode("node-b").setPlanned(most))
                .build());
        observer.onCompleted();
    }

    @Override
    public void moveDevice(MoveDeviceRequest request, StreamObserver<MoveProgress> observer) {
        var device = request.getDevice();
        asked.add(device);
        var refusal = refusals.get(device);
        if (refusal != null) {
            observer.onError(refusal.asRuntimeException());
            return;
        }
        for (var state : states.getOrDefault(
                device,
                List.of(
                        MoveState.MOVE_STATE_WAITING,
                        MoveState.MOVE_STATE_RELEASED,
                        MoveState.MOVE_STATE_LEFT,
                        MoveState.MOVE_STATE_ARRIVED))) {
            if (state == DIES) {
                observer.onError(Status.UNAVAILABLE.asRuntimeException());
                return;
            }
            observer.onNext(MoveProgress.newBuilder()
                    .setState(state)
                    .setNode(state == MoveState.MOVE_STATE_ARRIVED ? "node-b" : "")
                    .setText("text of " + state)
                    .build());
        }
        observer.onCompleted();
    }
}
