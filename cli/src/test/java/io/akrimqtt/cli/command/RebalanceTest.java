package io.akrimqtt.cli.command;

import static io.akrimqtt.cli.command.TestPlacement.move;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.cli.process.RunDirectory;
import io.akrimqtt.cli.process.RunState;
import io.akrimqtt.proto.discovery.v1.Move;
import io.akrimqtt.proto.discovery.v1.MoveState;
import io.akrimqtt.serving.GrpcListener;
import io.akrimqtt.serving.ListenAddress;
import io.grpc.Status;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RebalanceTest {

    private static final Move ONE = move("lamps/1", "node-a", "node-b");
    private static final Move TWO = move("lamps/2", "node-a", "node-b");
    private static final Move OF_B = move("lamps/3", "node-b", "node-a");

    @TempDir
    Path folder;

    private final List<GrpcListener> listeners = new ArrayList<>();
    private TestPlacement handler = new TestPlacement("node-a", ONE, TWO);

    private String serve(TestPlacement placement) throws IOException {
        var listener = requireNonNull(GrpcListener.start(ListenAddress.parse("127.0.0.1:0"), List.of(placement)));
        listeners.add(listener);
        return listener.address().toString();
    }

    private Console.Result rebalance(String... options) throws IOException {
        var words = new ArrayList<>(List.of("rebalance", "--handler", serve(handler)));
        words.addAll(List.of(options));
        return Console.run(words.toArray(String[]::new));
    }

    @AfterEach
    void close() {
        listeners.forEach(GrpcListener::close);
    }

    @Test
    void a_dry_run_shows_nodes_and_moves_and_makes_none() throws IOException {
        var result = rebalance("--dry-run");

        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).isEqualTo("""
                NODE     DEVICES   PLANNED
                node-a   4         2
                node-b   0         2

                DEVICE    FROM     TO       INSTANCE
                lamps/1   node-a   node-b   %s
                lamps/2   node-a   node-b   %s
                """.formatted(ONE.getInstance(), TWO.getInstance()));
        assertThat(handler.asked).isEmpty();
    }

    @Test
    void moves_are_made_one_after_the_other_and_each_step_is_told() throws IOException {
        var result = rebalance();

        assertThat(result.exitCode()).isZero();
        assertThat(handler.asked).containsExactly("lamps/1", "lamps/2");
        assertThat(result.out().lines().filter(line -> line.contains("->")))
                .containsExactly(
                        "lamps/1  node-a -> node-b  waiting: text of MOVE_STATE_WAITING",
                        "lamps/1  node-a -> node-b  released: text of MOVE_STATE_RELEASED",
                        "lamps/1  node-a -> node-b  left: text of MOVE_STATE_LEFT",
                        "lamps/1  node-a -> node-b  arrived: text of MOVE_STATE_ARRIVED",
                        "lamps/2  node-a -> node-b  waiting: text of MOVE_STATE_WAITING",
                        "lamps/2  node-a -> node-b  released: text of MOVE_STATE_RELEASED",
                        "lamps/2  node-a -> node-b  left: text of MOVE_STATE_LEFT",
                        "lamps/2  node-a -> node-b  arrived: text of MOVE_STATE_ARRIVED");
        assertThat(result.out()).endsWith("\n2 of 2 moves have ended on another node.\n");
    }

    @Test
    void programs_get_the_same_as_events() throws IOException {
        var lines = rebalance("--most", "1", "-o", "json").out().lines().toList();

        assertThat(lines).hasSize(8);
        assertThat(lines.getFirst())
                .contains("\"event\":\"rebalance.node\",\"node\":\"node-a\",\"devices\":4,\"planned\":3");
        assertThat(lines.get(2))
                .contains("\"event\":\"rebalance.move\",\"deviceId\":\"lamps/1\"")
                .contains("\"fromNode\":\"node-a\",\"toNode\":\"node-b\"");
        assertThat(lines.get(6))
                .contains("\"event\":\"rebalance.step\"")
                .contains("\"node\":\"node-b\",\"step\":\"arrived\"");
        assertThat(lines.getLast()).contains("\"event\":\"rebalance.finished\",\"moves\":1,\"arrived\":1");
    }

    @Test
    void the_handlers_of_all_nodes_of_a_local_run_take_part() throws IOException {
        handler = new TestPlacement("node-a", ONE, OF_B);
        var other = new TestPlacement("node-b");
        var first = serve(handler);
        var run = RunDirectory.create(folder.resolve("run"));
        run.write(
                new RunState(ProcessHandle.current().pid(), first, List.of(), "node-a", List.of(first, serve(other))));

        var result = Console.run("rebalance", "--dir", run.path().toString());

        assertThat(result.exitCode()).isZero();
        assertThat(handler.asked).containsExactly("lamps/1");
        assertThat(other.asked).containsExactly("lamps/3");
    }

    @Test
    void the_handler_of_each_node_moves_its_own_devices() throws IOException {
        handler = new TestPlacement("node-a", ONE, OF_B);
        var other = new TestPlacement("node-b");

        var both = rebalance("--handler", serve(other));
        var alone = rebalance();

        assertThat(both.exitCode()).isZero();
        assertThat(other.asked).containsExactly("lamps/3");
        assertThat(alone.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(alone.out())
                .contains("lamps/3  node-b -> node-a  left-alone: no handler of node-b takes part")
                .endsWith("\n1 of 2 moves have ended on another node.\n");
    }

    @Test
    void a_device_that_has_gone_away_meanwhile_stops_nothing() throws IOException {
        handler.goes("lamps/1", MoveState.MOVE_STATE_RELEASED, MoveState.MOVE_STATE_GONE);

        var result = rebalance();

        assertThat(result.exitCode()).isZero();
        assertThat(handler.asked).hasSize(2);
    }

    @Test
    void a_move_that_is_refused_changes_nothing_and_the_others_go_on() throws IOException {
        handler.refuses("lamps/1", Status.FAILED_PRECONDITION.withDescription("it has no Instance"));

        var result = rebalance();

        assertThat(result.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(result.out())
                .containsPattern("lamps/1 .* refused: the discovery handler at .* refuses: it has no Instance");
        assertThat(handler.asked).hasSize(2);
    }

    @Test
    void after_a_move_that_was_given_up_no_other_is_begun() throws IOException {
        handler.goes("lamps/1", MoveState.MOVE_STATE_WAITING, MoveState.MOVE_STATE_GIVEN_UP);

        var result = rebalance();

        assertThat(result.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(result.out())
                .contains("lamps/1  node-a -> node-b  given-up: text of MOVE_STATE_GIVEN_UP")
                .contains("lamps/2  node-a -> node-b  not-begun: the move of lamps/1 did not end well");
        assertThat(handler.asked).containsExactly("lamps/1");
    }

    @Test
    void where_the_device_stands_is_said_when_the_handler_goes_away() throws IOException {
        handler.goes("lamps/1", MoveState.MOVE_STATE_WAITING, TestPlacement.DIES);
        var waiting = rebalance("--most", "1");
        handler.goes("lamps/1", MoveState.MOVE_STATE_WAITING, MoveState.MOVE_STATE_RELEASED, TestPlacement.DIES);
        var released = rebalance("--most", "1");

        assertThat(waiting.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(waiting.out())
                .containsPattern(
                        "interrupted: no discovery handler answers at .*; when last heard of, it had not been released: then it stays on node-a");
        assertThat(released.out())
                .containsPattern(
                        "interrupted: no discovery handler answers at .*; it was released: it goes on by itself, or stays");
    }

    @Test
    void a_handler_without_kubernetes_is_an_error_with_its_reason() throws IOException {
        handler.refuses("plan", Status.FAILED_PRECONDITION.withDescription("this handler has no Kubernetes at hand"));

        var result = rebalance();

        assertThat(result.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err())
                .startsWith("akri-mqtt: the discovery handler at ")
                .endsWith(" refuses: this handler has no Kubernetes at hand\n");
    }

    @Test
    void nothing_to_move_is_said() throws IOException {
        handler = new TestPlacement("node-a");

        var result = rebalance();

        assertThat(result.exitCode()).isZero();
        assertThat(result.out())
                .endsWith("Nothing to move: no device would fall to a node that has two devices less than its own.\n");
    }

    @Test
    void what_listens_must_be_a_handler_and_must_be_there() throws IOException {
        var other = requireNonNull(GrpcListener.start(ListenAddress.parse("127.0.0.1:0"), List.of(new TestDevices())));
        listeners.add(other);
        var address = other.address().toString();

        assertThat(Console.run("rebalance", "--handler", address).err())
                .contains("is no discovery handler of akri-mqtt that can move devices");
        other.close();
        assertThat(Console.run("rebalance", "--handler", address).err())
                .isEqualTo("akri-mqtt: no discovery handler answers at " + address + "\n");
    }

    @Test
    void wrong_usage_and_no_run_are_told() {
        assertThat(Console.run("rebalance", "--most", "0").err()).contains("--most: '0' (expected: 1 or more)");
        assertThat(Console.run("rebalance", "--handler", "nowhere").err()).contains("host:port");
        assertThat(Console.run("rebalance", "--handler", "h:1", "--dir", "x").exitCode())
                .isEqualTo(ExitCode.USAGE);
        assertThat(Console.run("rebalance", "--dir", folder.toString()).exitCode())
                .isEqualTo(ExitCode.NO_RUN);
    }
}
