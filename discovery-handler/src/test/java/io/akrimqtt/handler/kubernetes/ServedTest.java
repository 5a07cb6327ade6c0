package io.akrimqtt.handler.kubernetes;

import static io.akrimqtt.handler.report.Samples.device;
import static io.akrimqtt.handler.report.Samples.unlisted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.akrimqtt.handler.caretaker.ServedDevice;
import io.akrimqtt.handler.caretaker.ServedState;
import io.akrimqtt.handler.caretaker.Troubles;
import io.akrimqtt.handler.cluster.ClusterState;
import io.akrimqtt.handler.cluster.ConfigurationState;
import io.akrimqtt.handler.cluster.InstanceHash;
import io.akrimqtt.handler.cluster.InstanceState;
import io.akrimqtt.handler.cluster.ObjectRef;
import io.akrimqtt.handler.report.FakeWatch;
import io.akrimqtt.handler.report.ReportTimes;
import io.akrimqtt.handler.report.Reporting;
import io.akrimqtt.handler.report.Samples;
import io.akrimqtt.handler.report.Sighted;
import io.akrimqtt.handler.watch.WatchSnapshot;
import io.akrimqtt.handler.watch.WatchSnapshot.ServerHealth;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ServedTest {

    private static final String DETAILS = "serverUrls: [tcp://h, ssl://h]\ntopics: robots/+/joints\n";

    private final FakeWatch watch = new FakeWatch();
    private final Reporting reporting = Reporting.start((_, _) -> watch, ReportTimes.DEFAULT, InstantSource.system());

    @BeforeEach
    void report() {
        tell("the MQTT server refused the connection: bad user name or password");
        reporting.allot(new Sighted());
        reporting.subscribe(Samples.key(), _ -> {});
        await().atMost(Duration.ofSeconds(60))
                .until(() -> reporting.reportsSent() == 1
                        && !reporting.views().isEmpty()
                        && reporting.views().getFirst().listSent());
    }

    @AfterEach
    void close() {
        reporting.close();
    }

    private void tell(String problem) {
        watch.tell(new WatchSnapshot(
                true,
                List.of(device("robots/a"), unlisted("robots/b"), device("x".repeat(600))),
                List.of(
                        new ServerHealth("tcp://h:1883", false, problem, List.of()),
                        new ServerHealth("ssl://h:8883", true, "", List.of())),
                List.of()));
    }

    private ServedState served() {
        return Served.state("node-a", "mqtt", Optional.of(Instant.EPOCH), true, reporting.views());
    }

    @Test
    void a_watch_is_told_with_its_devices_and_its_troubles() {
        var state = served();

        assertThat(state.node()).isEqualTo("node-a");
        assertThat(state.registeredAt()).contains(Instant.EPOCH);
        assertThat(state.writes()).isTrue();
        assertThat(state.watches()).singleElement().satisfies(each -> {
            assertThat(each.name()).isEqualTo(reporting.views().getFirst().name());
            assertThat(each.details()).isEqualTo(Samples.details());
            assertThat(each.streams()).isEqualTo(1);
            assertThat(each.listSent()).isTrue();
            assertThat(each.streamsSince()).isPresent();
            assertThat(each.openedAt()).isPresent();
            assertThat(each.credentialsRefused()).isTrue();
            assertThat(each.troubles()).isEqualTo(new Troubles(Set.of("tcp://h:1883"), 1));
            assertThat(each.devices())
                    .filteredOn(ServedDevice::listed)
                    .extracting(ServedDevice::id, ServedDevice::hash, ServedDevice::reported)
                    .containsExactly(tuple("robots/a", InstanceHash.of("robots/a"), true));
        });
    }

    @Test
    void a_server_that_is_just_away_has_refused_no_credentials() {
        tell("nobody answers: connection refused");

        assertThat(served().watches().getFirst().credentialsRefused()).isFalse();
    }

    @Test
    void a_server_that_is_tried_for_the_first_time_is_no_trouble_yet() {
        watch.tell(new WatchSnapshot(
                true,
                List.of(),
                List.of(new ServerHealth("tcp://h:1883", false, false, "not connected yet", List.of())),
                List.of()));

        assertThat(served().watches().getFirst().troubles().serversAway()).isEmpty();
    }

    @Test
    void ids_are_held_by_the_instances_of_the_configurations_that_a_watch_serves() {
        var held = new HeldIds()
                .of(
                        served(),
                        new ClusterState(
                                true,
                                List.of(
                                        instance("conf-1", "robots/a", InstanceHash.of("robots/a#2")),
                                        instance("conf-1", "robots/b", InstanceHash.of("robots/b")),
                                        instance("conf-1", "robots/c", "000000"),
                                        instance("conf-2", "robots/d", InstanceHash.of("robots/d")),
                                        instance("conf-3", "robots/e", InstanceHash.of("robots/e"))),
                                List.of(
                                        configuration("conf-1", "mqtt", DETAILS),
                                        configuration("conf-2", "mqtt", DETAILS + "maxDevices: 5\n"),
                                        configuration("conf-3", "other", DETAILS),
                                        configuration("conf-4", "mqtt", "no: yaml: at all")),
                                List.of()));

        assertThat(held)
                .isEqualTo(Map.of(
                        reporting.views().getFirst().name(), Map.of("robots/a", "robots/a#2", "robots/b", "robots/b")));
    }

    private static ConfigurationState configuration(String uid, String handler, String details) {
        return new ConfigurationState(
                new ObjectRef("n", uid, uid, "1"), 1, handler, details, Map.of(), 1, Map.of(), false);
    }

    private static InstanceState instance(String configuration, String device, String hash) {
        return new InstanceState(
                new ObjectRef("n", "line-" + hash, "u" + hash, "1"),
                "line",
                configuration,
                1,
                Map.of(InstanceState.MARKER, InstanceState.MARK, InstanceState.DEVICE, device),
                true,
                List.of("node-a"),
                Map.of(),
                Map.of(),
                Map.of(),
                List.of(),
                false,
                Map.of());
    }
}
