package io.akrimqtt.handler.caretaker;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.akrimqtt.handler.api.PlacementService;
import io.akrimqtt.handler.cluster.ClusterState;
import io.akrimqtt.handler.placement.Placement;
import io.akrimqtt.handler.placement.Relocation;
import io.akrimqtt.handler.report.FakeWatch;
import io.akrimqtt.handler.report.ReportTimes;
import io.akrimqtt.handler.report.Reporting;
import io.akrimqtt.handler.report.Samples;
import io.akrimqtt.handler.watch.TrackedDevice;
import io.akrimqtt.proto.discovery.v1.MoveDeviceRequest;
import io.akrimqtt.proto.discovery.v1.MoveProgress;
import io.akrimqtt.proto.discovery.v1.MoveState;
import io.akrimqtt.proto.discovery.v1.PlacementGrpc;
import io.akrimqtt.proto.discovery.v1.PlanMovesRequest;
import io.grpc.Context;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.StatusRuntimeException;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Moves that somebody asks for, from the call to the caretakers of a toy cluster and back. */
class MoveOverGrpcTest {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int DEVICES = 12;

    private final Town town = new Town(new Random(1), Placement.ONE_NODE, true, 3);
    private final ConcurrentLinkedQueue<Runnable> wishes = new ConcurrentLinkedQueue<>();
    private final FakeWatch watch = FakeWatch.settled(IntStream.range(0, DEVICES)
            .mapToObj(i -> Samples.device("lamps/" + i))
            .toArray(TrackedDevice[]::new));
    private final Reporting reporting = Reporting.start((_, _) -> watch, ReportTimes.DEFAULT, InstantSource.system());
    private final List<MoveProgress> progress = new CopyOnWriteArrayList<>();
    private final String name = "moves-" + System.identityHashCode(this);
    private final ManagedChannel channel = InProcessChannelBuilder.forName(name).build();
    private volatile ClusterState seen = ClusterState.UNSEEN;
    private volatile String refusal = "";
    private volatile @Nullable Throwable failure;
    private volatile boolean completed;
    private @Nullable Server server;

    /** The handler of node-a, where all devices are. */
    private final class NodeA implements Relocation {
        @Override
        public String node() {
            return "node-a";
        }

        @Override
        public Optional<String> refusal() {
            return Optional.of(refusal).filter(text -> !text.isEmpty());
        }

        @Override
        public ClusterState cluster() {
            return seen;
        }

        @Override
        public void move(String device) {
            wishes.add(() -> town.node("node-a").move(device));
        }

        @Override
        public void stay(String device) {
            wishes.add(() -> town.node("node-a").stay(device));
        }
    }

    private PlacementGrpc.PlacementBlockingStub serve(@Nullable Relocation relocation) throws IOException {
        server = InProcessServerBuilder.forName(name)
                .addService(new PlacementService(reporting, relocation, InstantSource.system()))
                .build()
                .start();
        return PlacementGrpc.newBlockingStub(channel);
    }

    private void lopsided() {
        reporting.subscribe(Samples.key(Samples.details(Scene.DETAILS)), _ -> {});
        await().atMost(SOON).until(() -> !reporting.views().isEmpty());
        town.node("node-b").down();
        town.node("node-c").down();
        for (int i = 0; i < DEVICES; i++) {
            town.aliveSince.put("lamps/" + i, 0);
        }
        ticks(100);
        town.node("node-b").back();
        town.node("node-c").back();
        ticks(100);
    }

    private void ticks(int count) {
        for (int i = 0; i < count; i++) {
            tick();
        }
    }

    private boolean tick() {
        for (var wish = wishes.poll(); wish != null; wish = wishes.poll()) {
            wish.run();
        }
        town.tick();
        seen = town.cluster(town.node("node-a"));
        return true;
    }

    private void move(String device) {
        PlacementGrpc.newStub(channel)
                .moveDevice(MoveDeviceRequest.newBuilder().setDevice(device).build(), new StreamObserver<>() {
                    @Override
                    public void onNext(MoveProgress next) {
                        progress.add(next);
                    }

                    @Override
                    public void onError(Throwable t) {
                        failure = t;
                    }

                    @Override
                    public void onCompleted() {
                        completed = true;
                    }
                });
    }

    @AfterEach
    void close() {
        channel.shutdownNow();
        if (server != null) {
            server.shutdownNow();
        }
        reporting.close();
    }

    @Test
    void the_plan_names_moves_and_what_the_nodes_will_have() throws IOException {
        var stub = serve(new NodeA());
        lopsided();

        var all = stub.planMoves(PlanMovesRequest.getDefaultInstance());
        var one = stub.planMoves(PlanMovesRequest.newBuilder().setMost(1).build());

        assertThat(all.getNode()).isEqualTo("node-a");
        assertThat(all.getMovesList())
                .hasSizeGreaterThan(2)
                .allMatch(move -> move.getFrom().equals("node-a"));
        assertThat(all.getNodesList())
                .extracting(node -> node.getNode() + " " + node.getDevices())
                .containsExactly("node-a 12", "node-b 0", "node-c 0");
        assertThat(all.getNodes(0).getPlanned()).isEqualTo(12 - all.getMovesCount());
        assertThat(all.getNodesList().stream().mapToInt(node -> node.getPlanned()))
                .allMatch(load -> load > 0);
        assertThat(one.getMovesList()).containsExactly(all.getMoves(0));
    }

    @Test
    void a_move_tells_its_steps_and_ends_where_the_device_falls_to() throws IOException {
        var stub = serve(new NodeA());
        lopsided();
        var planned = stub.planMoves(PlanMovesRequest.getDefaultInstance()).getMoves(0);

        move(planned.getDevice());
        await().atMost(SOON).until(() -> tick() && completed);

        assertThat(progress.getFirst().getState()).isEqualTo(MoveState.MOVE_STATE_WAITING);
        assertThat(progress.getLast().getState()).isEqualTo(MoveState.MOVE_STATE_ARRIVED);
        assertThat(progress.getLast().getNode()).isEqualTo(planned.getTo());
        assertThat(progress.getLast().getText()).isEqualTo(planned.getTo() + " has it");
        town.moving.clear();
        assertThat(town.wrongs).isEmpty();
    }

    @Test
    void a_second_move_waits_for_its_turn_and_a_caller_that_goes_takes_back_what_has_not_begun() throws Exception {
        var stub = serve(new NodeA());
        lopsided();
        var moves = stub.planMoves(PlanMovesRequest.getDefaultInstance()).getMovesList();
        town.node("node-a").apiAway = true;
        var caller = Context.current().withCancellation();
        caller.run(() -> move(moves.get(0).getDevice()));
        await().atMost(SOON).until(() -> tick() && !progress.isEmpty());

        assertThatThrownBy(() -> stub.moveDevice(MoveDeviceRequest.newBuilder()
                                .setDevice(moves.get(1).getDevice())
                                .build())
                        .next())
                .isInstanceOf(StatusRuntimeException.class)
                .hasMessage("ABORTED: another device is being moved: "
                        + moves.get(0).getDevice());
        caller.cancel(null);
        await().atMost(SOON).until(() -> failure != null);
        await().atMost(SOON).until(() -> !wishes.isEmpty());
        town.moving.clear();
        town.node("node-a").apiAway = false;
        ticks(300);

        assertThat(town.wrongs).isEmpty();
        assertThat(requireNonNull(town.things.get(moves.get(0).getDevice())).nodes)
                .containsExactly("node-a");
        TownTest.atRest(town);
    }

    @Test
    void a_device_that_goes_away_for_good_on_its_way_ends_its_move() throws IOException {
        var stub = serve(new NodeA());
        lopsided();
        var device = stub.planMoves(PlanMovesRequest.getDefaultInstance())
                .getMoves(0)
                .getDevice();

        move(device);
        await().atMost(SOON)
                .until(() ->
                        tick() && progress.stream().anyMatch(each -> each.getState() == MoveState.MOVE_STATE_RELEASED));
        town.aliveSince.remove(device);
        watch.tell(true);
        await().atMost(SOON).until(() -> tick() && completed);

        assertThat(progress.getLast().getState()).isEqualTo(MoveState.MOVE_STATE_GONE);
    }

    @Test
    void what_cannot_be_done_is_refused_with_a_reason() throws IOException {
        var stub = serve(new NodeA());
        lopsided();

        assertThatThrownBy(() -> stub.moveDevice(MoveDeviceRequest.newBuilder()
                                .setDevice("lamps/99")
                                .build())
                        .next())
                .hasMessage("FAILED_PRECONDITION: it has no Instance");
        assertThatThrownBy(() ->
                        stub.planMoves(PlanMovesRequest.newBuilder().setMost(-1).build()))
                .hasMessage("INVALID_ARGUMENT: most: -1 (expected: 0 or more)");
        refusal = "every node reports every device here";
        assertThatThrownBy(() -> stub.planMoves(PlanMovesRequest.getDefaultInstance()))
                .hasMessage("FAILED_PRECONDITION: every node reports every device here");
    }

    @Test
    void without_kubernetes_everything_is_refused() throws IOException {
        var stub = serve(null);

        assertThatThrownBy(() -> stub.planMoves(PlanMovesRequest.getDefaultInstance()))
                .hasMessage(
                        "FAILED_PRECONDITION: this handler has no Kubernetes at hand: every node reports every device, "
                                + "and there is nothing to move (AKRI_MQTT_KUBERNETES, KUBECONFIG)");
        assertThatThrownBy(() ->
                        stub.moveDevice(MoveDeviceRequest.getDefaultInstance()).next())
                .hasMessageStartingWith("FAILED_PRECONDITION: this handler has no Kubernetes at hand");
    }
}
