package io.akrimqtt.cli.command;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.proto.discovery.v1.Device;
import io.akrimqtt.proto.discovery.v1.DeviceEvent;
import io.akrimqtt.proto.discovery.v1.DevicesGrpc;
import io.akrimqtt.proto.discovery.v1.ListDevicesRequest;
import io.akrimqtt.proto.discovery.v1.ListDevicesResponse;
import io.akrimqtt.proto.discovery.v1.WatchDevicesRequest;
import io.akrimqtt.serving.GrpcListener;
import io.akrimqtt.serving.ListenAddress;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What strangers chose, names of devices and recordings, as the person at the keyboard gets to see it. */
class HostileInputTest {

    @TempDir
    Path folder;

    private Console.Result replay(String recording) throws IOException {
        var configuration = Files.writeString(folder.resolve("c.yaml"), """
                apiVersion: akri.sh/v0
                kind: Configuration
                metadata: {name: factory}
                spec:
                  discoveryHandler:
                    name: mqtt
                    discoveryDetails: "{serverUrls: [tcp://127.0.0.1:1883], topics: [robots/+/joints]}"
                """);
        var file = Files.writeString(folder.resolve("r.jsonl"), recording);
        return Console.run("replay", file.toString(), configuration.toString());
    }

    private static String header(String time) {
        return "{\"recording\":\"akri-mqtt\",\"version\":1,\"time\":\"" + time + "\",\"configuration\":\"c\","
                + "\"servers\":[\"tcp://h:1883\"],\"filters\":[\"robots/+/joints\"]}\n";
    }

    @ParameterizedTest
    @ValueSource(strings = {"9999-12-31T23:59:59Z", "2262-04-12T00:00:00Z", "+1000000000-12-31T23:59:59.999999999Z"})
    void a_time_that_is_too_late_for_the_rules_is_told_with_its_line(String time) throws IOException {
        var result = replay(header("2026-11-20T12:00:00Z")
                + "{\"time\":\"%s\",\"server\":0,\"event\":\"connected\",\"protocol\":\"5\"}\n".formatted(time));

        assertThat(result.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err())
                .contains("r.jsonl:2: time '", "(expected: a time such as")
                .doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-999999999-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "2300-01-01T00:00:00Z"})
    void a_beginning_out_of_all_time_is_told_with_its_line(String time) throws IOException {
        var result = replay(header(time));

        assertThat(result.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err()).contains("r.jsonl:1: time '").doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "{\"time\":null,\"event\":\"ended\",\"reason\":\"\"}",
                "{\"time\":\"2026-11-20T12:00:00Z\",\"server\":99999999999999999999,\"event\":\"connected\"}",
                "{\"time\":\"2026-11-20T12:00:00Z\",\"server\":0.5,\"event\":\"connected\"}",
                "{\"time\":\"2026-11-20T12:00:00Z\",\"server\":-1,\"event\":\"connected\"}",
                "{\"time\":\"2026-11-20T12:00:00Z\",\"server\":0,\"event\":\"retained\",\"topic\":\"\\ud800\","
                        + "\"qos\":0,\"payload\":\"\"}",
                "{\"time\":\"2026-11-20T12:00:00Z\",\"server\":0,\"event\":\"\\u001b[2J\"}"
            })
    void what_is_no_event_is_told_with_its_line_and_steers_no_terminal(String line) throws IOException {
        var result = replay(header("2026-11-20T12:00:00Z") + line + "\n");

        assertThat(result.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err()).contains("r.jsonl:2: ").doesNotContain("\u001b", "\tat ");
    }

    @Test
    void nested_without_end_is_told_with_its_line() throws IOException {
        var result = replay(header("2026-11-20T12:00:00Z") + "{\"a\":" + "[".repeat(500_000) + "\n");

        assertThat(result.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err()).contains("r.jsonl:2: ");
    }

    @Test
    void a_device_that_chose_its_name_to_steer_terminals_does_not() throws IOException {
        try (var handler =
                requireNonNull(GrpcListener.start(ListenAddress.parse("127.0.0.1:0"), List.of(new Hostile())))) {
            var address = handler.address().toString();

            assertThat(Console.run("explain", "--handler", address, "pumq").err())
                    .contains("pump\\u001b")
                    .doesNotContain("\u001b");
            assertThat(Console.run("explain", "--handler", address, "twin").err())
                    .contains("a\\u001b/twin")
                    .doesNotContain("\u001b");
        }
    }

    /** A handler with devices whose ids have an escape. */
    private static final class Hostile extends DevicesGrpc.DevicesImplBase {

        private static Device device(String id, String name) {
            return Device.newBuilder().setId(id).setName(name).build();
        }

        @Override
        public void listDevices(ListDevicesRequest request, StreamObserver<ListDevicesResponse> observer) {
            var response = ListDevicesResponse.newBuilder();
            if (request.getDevice().equals("twin")) {
                response.addDevices(device("a\u001b/twin", "twin")).addDevices(device("b/twin", "twin"));
            }
            observer.onNext(response.build());
            observer.onCompleted();
        }

        @Override
        public void watchDevices(WatchDevicesRequest request, StreamObserver<DeviceEvent> observer) {
            observer.onNext(DeviceEvent.newBuilder()
                    .setDevice(device("hall/pump\u001b", "pump\u001b"))
                    .setSnapshot(true)
                    .build());
            observer.onNext(DeviceEvent.newBuilder().setSnapshotComplete(true).build());
        }
    }
}
