package io.akrimqtt.cli.command;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.serving.GrpcListener;
import io.akrimqtt.serving.ListenAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainDeviceTest {

    @TempDir
    Path folder;

    @SuppressWarnings("NullAway.Init") // Set before each test.
    private GrpcListener handler;

    @BeforeEach
    void a_handler() throws IOException {
        handler = requireNonNull(GrpcListener.start(ListenAddress.parse("127.0.0.1:0"), List.of(new TestDevices())));
    }

    @AfterEach
    void close() {
        handler.close();
    }

    private Console.Result explain(String... arguments) {
        var words = new ArrayList<>(
                List.of("explain", "--handler", handler.address().toString()));
        words.addAll(List.of(arguments));
        return Console.run(words.toArray(String[]::new));
    }

    @Test
    void a_device_is_told_with_state_evidence_rule_servers_and_history() {
        var result = explain("pump");

        assertThat(result.exitCode()).isZero();
        assertThat(result.out()).isEqualTo("""
                pump is offline
                  id        hall-1/pump
                  since     2026-11-20 11:57:00, 3 min ago
                  evidence  status: it said offline
                  topic     hall-1/pump/status
                  came      2026-11-20 11:57:00
                  rule      an offline word counts once it has stood for the grace and, where it can be, was verified
                            docs/presence.md, The rules: An offline word must stand for offlineGrace
                  listed    yes: it came and went too often of late, and is kept listed until it is stable
                  flapping  yes: a device that comes and goes too often is kept listed until it is stable
                  Instance  its name ends with -%06x

                MQTT SERVER    STATE       PROBLEM
                tcp://h:1883   connected   refused: hall-3/#

                WHEN                  FROM      TO        EVIDENCE   TOPIC                WHY
                2026-11-20 11:50:00   unknown   online    status     hall-1/pump/status   it said that it is online
                2026-11-20 11:57:00   online    offline   status     hall-1/pump/status   it said offline
                """.formatted("hall-1/pump".hashCode() & 0xffffff));
    }

    @Test
    void programs_get_the_same_as_events() {
        var lines = explain("hall-1/pump", "-o", "json").out().lines().toList();

        assertThat(lines).hasSize(4);
        assertThat(lines.getFirst())
                .contains("\"event\":\"explain.device\"")
                .contains("\"presence\":\"offline\",\"since\":\"2026-11-20T11:57:00Z\"")
                .contains("\"listed\":true,\"flapping\":true")
                .contains("\"watch\":\"watch-1\"");
        assertThat(lines.get(1)).contains("\"event\":\"explain.server\"", "\"connected\":true", "hall-3");
        assertThat(lines.getLast())
                .contains("\"event\":\"explain.transition\"")
                .contains("\"from\":\"online\",\"presence\":\"offline\",\"evidence\":\"status\"")
                .contains("\"at\":\"2026-11-20T11:57:00Z\"");
    }

    @Test
    void a_device_is_found_by_its_instance() {
        var result = explain("mqtt-%06x".formatted("hall-1/pump".hashCode() & 0xffffff));

        assertThat(result.out()).startsWith("pump is offline");
    }

    @Test
    void an_unknown_device_is_an_error_of_its_own_and_near_names_are_told() {
        var result = explain("bump");

        assertThat(result.exitCode()).isEqualTo(ExitCode.NO_DEVICE);
        assertThat(result.err()).isEqualTo("akri-mqtt: no device 'bump' (perhaps: pump)\n");
        assertThat(explain("weather-station").err())
                .isEqualTo("akri-mqtt: no device 'weather-station' among the 5 that the handler knows"
                        + " (expected: a name, an id or an Instance)\n");
    }

    @Test
    void a_name_that_two_devices_have_is_not_enough() {
        var result = explain("press-1");

        assertThat(result.exitCode()).isEqualTo(ExitCode.NO_DEVICE);
        assertThat(result.err()).contains("hall-1/press-1, hall-2/press-1");
        assertThat(explain("hall-2/press-1").out()).startsWith("press-1 is online");
    }

    @Test
    void a_handler_that_is_not_there_is_named() {
        handler.close();

        var result = explain("pump");

        assertThat(result.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(result.err()).contains("no discovery handler answers at " + handler.address());
    }

    @Test
    void without_an_address_the_local_run_is_asked() {
        var result = Console.run("explain", "pump", "--dir", folder.toString());

        assertThat(result.exitCode()).isEqualTo(ExitCode.NO_RUN);
    }

    @Test
    void what_does_not_go_together_is_refused() {
        assertThat(Console.run("explain", "pump", "--retained").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(Console.run("explain", "pump", "press").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(explain("--topic", "a/b", "x.yaml").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(explain("--dir", "x", "pump").exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(Console.run("explain", "--handler", "nowhere", "pump").err()).contains("host:port");
    }

    @Test
    void a_device_of_a_group_names_it_and_a_group_tells_who_is_in_it() {
        assertThat(explain("saw").out()).contains("\n  group     lines/l1\n").doesNotContain("Instance");
        var group = explain("mqtt-%06x".formatted("lines/l1".hashCode() & 0xffffff));
        assertThat(group.out())
                .startsWith("l1 is online\n")
                .contains("\n  members   3 known, 1 listed: 1 online, 0 sleeping, 0 unknown, 2 offline\n")
                .contains("\n  listed    yes: a group is while one of its devices is\n")
                .doesNotContain("It has been so");
        assertThat(explain("l1", "-o", "json").out())
                .contains("\"members\":3,\"membersListed\":1")
                .contains("\"reason\":\"a group is while one of its devices is\"");
    }
}
