package io.akrimqtt.handler.report;

import static io.akrimqtt.handler.report.Samples.device;
import static io.akrimqtt.handler.report.Samples.snapshot;
import static io.akrimqtt.handler.report.Samples.unlisted;
import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.handler.cluster.InstanceHash;
import io.akrimqtt.handler.details.DiscoveryDetails;
import io.akrimqtt.handler.watch.DeviceGroup;
import io.akrimqtt.handler.watch.DeviceGroups;
import io.akrimqtt.handler.watch.TrackedDevice;
import io.akrimqtt.handler.watch.WatchSnapshot;
import io.akrimqtt.presence.state.Evidence;
import io.akrimqtt.presence.state.Presence;
import io.akrimqtt.proto.akri.v0.Device;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups in place of devices. */
class DeviceGroupsTest {

    static final DiscoveryDetails LINES = Samples.details("""
            serverUrls: [tcp://h, ssl://h]
            topics: ['plant/{line}/{device}/#', 'plant/{line}/{device}/status']
            commands: {topic: "{device}/cmd/{command}", response: "{device}/res/{command}"}
            presence: {status: "{device}/status"}
            group: line
            """);

    private final ReportBuilder builder = new ReportBuilder(LINES);

    private static List<DeviceGroup> groups(TrackedDevice... devices) {
        return new DeviceGroups(LINES).of(snapshot(devices));
    }

    private static TrackedDevice tracked(String id, Presence presence, boolean listed, int at) {
        return new TrackedDevice(
                id,
                id.substring(id.lastIndexOf('/') + 1),
                presence,
                listed,
                Map.of("line", "x"),
                List.of(id + "/#"),
                new Evidence(Evidence.Kind.ACTIVITY, id, Samples.START.plusSeconds(at), "it published"),
                List.of());
    }

    @Nested
    class A_group {

        @Test
        void is_listed_while_one_of_its_devices_is() {
            assertThat(groups(device("plant/l1/a"), unlisted("plant/l1/b"), unlisted("plant/l2/a")))
                    .extracting(each -> each.device().id() + " " + each.device().listed())
                    .containsExactly("plant/l1 true", "plant/l2 false");
        }

        @Test
        void has_the_presence_and_the_evidence_of_the_device_that_knows_best() {
            var group = groups(
                            tracked("plant/l1/a", Presence.OFFLINE, false, 9),
                            tracked("plant/l1/b", Presence.SLEEPING, true, 8),
                            tracked("plant/l1/c", Presence.ONLINE, true, 1),
                            tracked("plant/l1/d", Presence.ONLINE, true, 2))
                    .getFirst();

            assertThat(group.device().presence()).isEqualTo(Presence.ONLINE);
            assertThat(group.device().evidence().text()).isEqualTo("d: it published");
            assertThat(group.device().evidence().topic()).isEqualTo("plant/l1/d");
            assertThat(group.members())
                    .isEqualTo(Map.of(Presence.OFFLINE, 1, Presence.SLEEPING, 1, Presence.ONLINE, 2));
            assertThat(group.listed()).isEqualTo(3);
            assertThat(group.size()).isEqualTo(4);
        }

        @Test
        void of_devices_that_are_gone_or_not_proved_is_unknown_before_it_is_offline() {
            assertThat(groups(
                            tracked("plant/l1/a", Presence.OFFLINE, false, 1),
                            tracked("plant/l2/a", Presence.OFFLINE, false, 1),
                            tracked("plant/l2/b", Presence.UNKNOWN, false, 1)))
                    .extracting(each -> each.device().presence())
                    .containsExactly(Presence.OFFLINE, Presence.UNKNOWN);
        }

        @Test
        void that_was_adopted_is_listed_though_no_device_of_it_is() {
            var why = new Evidence(Evidence.Kind.EXISTS, null, Samples.START, "akri has it");
            var known = new WatchSnapshot(
                    true,
                    List.of(unlisted("plant/l2/a")),
                    Map.of("plant/l1", why, "plant/l2", why),
                    List.of(),
                    List.of());

            assertThat(new DeviceGroups(LINES).of(known))
                    .allSatisfy(each -> {
                        assertThat(each.device().listed()).isTrue();
                        assertThat(each.device().presence()).isEqualTo(Presence.UNKNOWN);
                        assertThat(each.device().evidence()).isEqualTo(why);
                    })
                    .extracting(DeviceGroup::size)
                    .containsExactly(0, 1);
        }
    }

    @Test
    void a_device_without_a_group_is_in_none() {
        assertThat(groups(device("elsewhere/a"))).isEmpty();
    }

    @Test
    void where_devices_are_reported_nothing_changes() {
        var known = snapshot(device("robots/r7"));

        assertThat(new DeviceGroups(Samples.details()).grouped(known)).isSameAs(known);
        assertThat(new DeviceGroups(Samples.details()).of(known)).isEmpty();
    }

    @Nested
    class A_report {

        @Test
        void has_one_device_per_group_that_has_a_listed_device() {
            var report = builder.next(
                    Report.NONE,
                    snapshot(device("plant/l1/a"), device("plant/l1/b"), device("plant/l2/a"), unlisted("plant/l3/a")));

            assertThat(report.reported()).containsExactly("plant/l1", "plant/l2");
        }

        @Test
        void tells_a_groups_workload_who_may_be_in_it_and_not_who_is() {
            var report = builder.next(Report.NONE, snapshot(device("plant/l1/a")));

            assertThat(report.response().getDevices(0).getPropertiesMap())
                    .isEqualTo(Map.of(
                            "MQTT_REPORTED_BY", "akri-mqtt",
                            "MQTT_DEVICE_ID", "plant/l1",
                            "MQTT_DEVICE_NAME", "l1",
                            "MQTT_CONVENTION", "topics",
                            "MQTT_LEVEL_LINE", "l1",
                            "MQTT_SERVER_URLS", "tcp://h:1883,ssl://h:8883",
                            "MQTT_TOPICS", "plant/l1/+/#,plant/l1/+/status",
                            "MQTT_MEMBERS", "plant/l1/+",
                            "MQTT_MEMBER_COMMAND_TOPIC", "{device}/cmd/{command}",
                            "MQTT_MEMBER_RESPONSE_TOPIC", "{device}/res/{command}"));
        }

        @Test
        void counts_groups_against_its_size_and_resolves_collisions_of_groups() {
            var two = IntStream.range(0, 20_000)
                    .boxed()
                    .collect(Collectors.groupingBy(i -> InstanceHash.of("plant/l" + i)))
                    .values()
                    .stream()
                    .filter(same -> same.size() > 1)
                    .findFirst()
                    .orElseThrow();
            var report = builder.next(
                    Report.NONE,
                    snapshot(device("plant/l" + two.get(0) + "/a"), device("plant/l" + two.get(1) + "/a")));

            assertThat(report.ids().collisions()).hasSize(1);
            assertThat(report.response().getDevicesList())
                    .extracting(Device::getId)
                    .hasSize(2)
                    .anyMatch(id -> id.endsWith("#2"));
            assertThat(new ReportBuilder(LINES, 400)
                            .next(Report.NONE, snapshot(device("plant/l1/a"), device("plant/l2/a")))
                            .refused())
                    .isEqualTo(Map.of(Refusal.REPORT_FULL, 1));
        }

        @Test
        void keeps_a_group_until_it_may_be_dropped() {
            var before = builder.next(Report.NONE, snapshot(device("plant/l1/a")));
            var keeping = TestAllotment.of(Set.of("plant/l1"), Set.of());
            var dropping = TestAllotment.of(Set.of("plant/l1"), Set.of("plant/l1"));

            assertThat(builder.next(before, snapshot(), new Share(keeping, "", Set.of()))
                            .reported())
                    .containsExactly("plant/l1");
            assertThat(builder.next(before, snapshot(), new Share(dropping, "", Set.of()))
                            .reported())
                    .isEmpty();
        }
    }

    /** A changed property never reaches a pod, and stops a whole Configuration where two nodes differ. */
    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void properties_never_change_as_devices_come_and_go(long seed) {
        var random = new Random(seed);
        var first = new TreeMap<String, Map<String, String>>();
        var report = Report.NONE;
        for (int step = 0; step < 200; step++) {
            var now = new ArrayList<TrackedDevice>();
            for (int device = 0; device < 12; device++) {
                if (random.nextBoolean()) {
                    var id = "plant/l" + device % 3 + "/d" + random.nextInt(50) + "-" + device;
                    var presence = List.of(Presence.values()).get(random.nextInt(4));
                    now.add(tracked(id, presence, random.nextBoolean(), random.nextInt(100)));
                }
            }
            // Both the report that goes on, and that of a handler which has just begun.
            report = builder.next(report, snapshot(now.toArray(TrackedDevice[]::new)));
            var fresh = builder.next(Report.NONE, snapshot(now.toArray(TrackedDevice[]::new)));
            for (var each : List.of(report, fresh)) {
                each.response()
                        .getDevicesList()
                        .forEach(device -> assertThat(device.getPropertiesMap())
                                .isEqualTo(first.computeIfAbsent(device.getId(), _ -> device.getPropertiesMap())));
            }
        }
        assertThat(first).containsOnlyKeys("plant/l0", "plant/l1", "plant/l2");
    }
}
