package io.akrimqtt.handler.api;

import io.akrimqtt.handler.placement.Rebalance;
import io.akrimqtt.handler.placement.Relocation;
import io.akrimqtt.handler.placement.Standing;
import io.akrimqtt.handler.report.Reporting;
import io.akrimqtt.proto.discovery.v1.Move;
import io.akrimqtt.proto.discovery.v1.MoveDeviceRequest;
import io.akrimqtt.proto.discovery.v1.MoveProgress;
import io.akrimqtt.proto.discovery.v1.NodeLoad;
import io.akrimqtt.proto.discovery.v1.PlacementGrpc;
import io.akrimqtt.proto.discovery.v1.PlanMovesRequest;
import io.akrimqtt.proto.discovery.v1.PlanMovesResponse;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Spreads devices over nodes when somebody asks for it, one after the other. Thread-safe. */
public final class PlacementService extends PlacementGrpc.PlacementImplBase {

    /** After this the caretaker gives a move up, too. */
    static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final String NO_KUBERNETES =
            "this handler has no Kubernetes at hand: every node reports every device, "
                    + "and there is nothing to move (AKRI_MQTT_KUBERNETES, KUBECONFIG)";

    private final Reporting reporting;
    private final @Nullable Relocation relocation;
    private final InstantSource clock;
    private final Duration patience;
    private final AtomicReference<@Nullable String> moving = new AtomicReference<>();

    /**
     * Serves this handler.
     *
     * @param relocation null where there is no Kubernetes
     */
    public PlacementService(Reporting reporting, @Nullable Relocation relocation, InstantSource clock) {
        this(reporting, relocation, clock, PATIENCE);
    }

    /** With other times, for tests. */
    PlacementService(Reporting reporting, @Nullable Relocation relocation, InstantSource clock, Duration patience) {
        this.reporting = reporting;
        this.relocation = relocation;
        this.clock = clock;
        this.patience = patience;
    }

    private static Optional<String> refusal(@Nullable Relocation relocation) {
        return relocation == null ? Optional.of(NO_KUBERNETES) : relocation.refusal();
    }

    private static void refuse(StreamObserver<?> observer, Status status, String why) {
        observer.onError(status.withDescription(why).asRuntimeException());
    }

    @Override
    public void planMoves(PlanMovesRequest request, StreamObserver<PlanMovesResponse> observer) {
        @Nullable Relocation nodes = relocation;
        var refusal = refusal(nodes);
        if (nodes == null || refusal.isPresent()) {
            refuse(observer, Status.FAILED_PRECONDITION, refusal.orElse(NO_KUBERNETES));
            return;
        }
        if (request.getMost() < 0) {
            refuse(observer, Status.INVALID_ARGUMENT, "most: " + request.getMost() + " (expected: 0 or more)");
            return;
        }
        var cluster = nodes.cluster();
        var moves = Rebalance.moves(cluster, request.getMost() == 0 ? Integer.MAX_VALUE : request.getMost());
        var response = PlanMovesResponse.newBuilder().setNode(nodes.node());
        moves.forEach(move -> response.addMoves(Move.newBuilder()
                .setDevice(move.device())
                .setInstance(move.instance())
                .setFrom(move.from())
                .setTo(move.to())));
        Rebalance.load(cluster)
                .forEach((node, devices) -> response.addNodes(NodeLoad.newBuilder()
                        .setNode(node)
                        .setDevices(devices)
                        .setPlanned(devices + gain(moves, node))));
        observer.onNext(response.build());
        observer.onCompleted();
    }

    private static int gain(List<Rebalance.Move> moves, String node) {
        return moves.stream()
                .mapToInt(move -> move.to().equals(node) ? 1 : move.from().equals(node) ? -1 : 0)
                .sum();
    }

    @Override
    public void moveDevice(MoveDeviceRequest request, StreamObserver<MoveProgress> observer) {
        var call = (ServerCallStreamObserver<MoveProgress>) observer;
        @Nullable Relocation nodes = relocation;
        var device = request.getDevice();
        var refusal = refusal(nodes)
                .or(() -> nodes == null ? Optional.empty() : Standing.refusal(nodes.cluster(), device, nodes.node()));
        if (nodes == null || refusal.isPresent()) {
            refuse(call, Status.FAILED_PRECONDITION, refusal.orElse(NO_KUBERNETES));
            return;
        }
        if (!moving.compareAndSet(null, device)) {
            refuse(call, Status.ABORTED, "another device is being moved: " + moving.get());
            return;
        }
        new DeviceMove(nodes, device, () -> listed(device), call, clock, patience, () -> moving.set(null)).start();
    }

    private boolean listed(String device) {
        return reporting.views().stream()
                .flatMap(view -> view.devices().stream())
                .anyMatch(each -> each.id().equals(device) && each.listed());
    }
}
