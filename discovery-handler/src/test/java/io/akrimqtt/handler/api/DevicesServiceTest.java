package io.akrimqtt.handler.api;

import static io.akrimqtt.handler.report.Samples.device;
import static io.akrimqtt.handler.report.Samples.unlisted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.akrimqtt.handler.report.FakeWatch;
import io.akrimqtt.handler.report.ReportTimes;
import io.akrimqtt.handler.report.Reporting;
import io.akrimqtt.handler.report.Samples;
import io.akrimqtt.handler.watch.TrackedDevice;
import io.akrimqtt.handler.watch.WatchSnapshot;
import io.akrimqtt.proto.discovery.v1.Device;
import io.akrimqtt.proto.discovery.v1.DeviceEvent;
import io.akrimqtt.proto.discovery.v1.DevicesGrpc;
import io.akrimqtt.proto.discovery.v1.ListDevicesRequest;
import io.akrimqtt.proto.discovery.v1.ListServersRequest;
import io.akrimqtt.proto.discovery.v1.Members;
import io.akrimqtt.proto.discovery.v1.Presence;
import io.akrimqtt.proto.discovery.v1.WatchDevicesRequest;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DevicesServiceTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final FakeWatch watch = FakeWatch.settled(device("robots/a"), unlisted("robots/b"));
    private final Reporting reporting = Reporting.start(
            (_, _) -> watch,
            new ReportTimes(Duration.ofMillis(20), Duration.ofMillis(20), Duration.ofMillis(20), Duration.ofHours(1)),
            InstantSource.system());
    private final String name = "devices-" + System.identityHashCode(this);
    private final ManagedChannel channel = InProcessChannelBuilder.forName(name).build();

    @SuppressWarnings("NullAway.Init") // Set before each test.
    private Server server;

    @BeforeEach
    void serve() throws IOException {
        server = InProcessServerBuilder.forName(name)
                .addService(new DevicesService(reporting, 100))
                .build()
                .start();
        reporting.subscribe(Samples.key(), _ -> {});
        await().atMost(SOON).until(() -> !reporting.views().isEmpty());
    }

    @AfterEach
    void close() {
        channel.shutdownNow();
        server.shutdownNow();
        reporting.close();
    }

    private List<Device> list(String text) {
        return DevicesGrpc.newBlockingStub(channel)
                .listDevices(ListDevicesRequest.newBuilder().setDevice(text).build())
                .getDevicesList();
    }

    @Test
    void all_devices_are_listed_with_their_state_and_evidence() {
        var devices = list("");

        assertThat(devices).extracting(Device::getId).containsExactly("robots/a", "robots/b");
        var first = devices.getFirst();
        assertThat(first.getPresence()).isEqualTo(Presence.PRESENCE_ONLINE);
        assertThat(first.getListed()).isTrue();
        assertThat(first.getInstanceHash()).matches("[0-9a-f]{6}");
        assertThat(first.getWatch()).hasSize(12);
        assertThat(first.getEvidence().getKind()).isEqualTo("activity");
        assertThat(first.getEvidence().getTopic()).isEqualTo("robots/a/joints");
        assertThat(first.getEvidence().getAt().getSeconds()).isEqualTo(Samples.START.getEpochSecond());
        assertThat(first.getPropertiesMap()).containsEntry("MQTT_DEVICE_ID", "robots/a");
        assertThat(devices.getLast().getListed()).isFalse();
    }

    @Test
    void a_device_that_comes_and_goes_too_often_is_shown_as_such() {
        var steady = device("robots/a");
        watch.tell(
                true,
                new TrackedDevice(
                        steady.id(),
                        steady.name(),
                        io.akrimqtt.presence.state.Presence.OFFLINE,
                        true,
                        true,
                        steady.levels(),
                        steady.filters(),
                        steady.evidence(),
                        steady.transitions()));

        var told = list("robots/a").getFirst();

        assertThat(told.getFlapping()).isTrue();
        assertThat(told.getListed()).isTrue();
        assertThat(told.getPresence()).isEqualTo(Presence.PRESENCE_OFFLINE);
    }

    @Test
    void devices_can_be_asked_for_by_id_or_name() {
        assertThat(list("robots/a")).hasSize(1);
        assertThat(list("b")).extracting(Device::getId).containsExactly("robots/b");
        assertThat(list("nobody")).isEmpty();
    }

    @Test
    void servers_are_listed_with_what_is_wrong() {
        watch.tell(new WatchSnapshot(
                true,
                List.of(),
                List.of(new WatchSnapshot.ServerHealth("tcp://h:1883", false, "refused", List.of("filter x"))),
                List.of()));

        var server = DevicesGrpc.newBlockingStub(channel)
                .listServers(ListServersRequest.getDefaultInstance())
                .getServers(0);

        assertThat(server.getUrl()).isEqualTo("tcp://h:1883");
        assertThat(server.getConnected()).isFalse();
        assertThat(server.getProblem()).isEqualTo("refused");
        assertThat(server.getSubscriptionProblemsList()).containsExactly("filter x");
    }

    private final CopyOnWriteArrayList<DeviceEvent> events = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable Status> closed = new AtomicReference<>();

    private ClientCall<WatchDevicesRequest, DeviceEvent> watch(String text, int take) {
        var call = channel.newCall(DevicesGrpc.getWatchDevicesMethod(), CallOptions.DEFAULT);
        call.start(
                new ClientCall.Listener<>() {
                    @Override
                    public void onMessage(DeviceEvent event) {
                        events.add(event);
                    }

                    @Override
                    public void onClose(Status status, Metadata trailers) {
                        closed.set(status);
                    }
                },
                new Metadata());
        call.request(take);
        call.sendMessage(WatchDevicesRequest.newBuilder().setDevice(text).build());
        call.halfClose();
        return call;
    }

    @Test
    void a_watcher_gets_a_burst_its_end_and_then_changes() {
        var call = watch("", Integer.MAX_VALUE);
        await().atMost(SOON).until(() -> events.size() == 3);
        assertThat(events.subList(0, 2)).allMatch(DeviceEvent::getSnapshot);
        assertThat(events.get(2))
                .isEqualTo(DeviceEvent.newBuilder().setSnapshotComplete(true).build());

        watch.tell(true, device("robots/b"), device("robots/c"));

        await().atMost(SOON)
                .untilAsserted(() -> assertThat(events.subList(3, events.size()))
                        .extracting(event -> event.getDevice().getId() + " "
                                + event.getDevice().getListed() + " " + event.getRemoved())
                        .containsExactly("robots/a true true", "robots/b true false", "robots/c true false"));
        assertThat(closed.get()).isNull();
        call.cancel("the test ends it", null);
    }

    @Test
    void a_watcher_of_one_device_hears_of_no_other() {
        var call = watch("a", Integer.MAX_VALUE);
        await().atMost(SOON).until(() -> events.size() == 2);

        watch.tell(true, device("robots/b"), device("robots/c"));

        await().atMost(SOON).until(() -> events.size() == 3);
        assertThat(events.getLast().getRemoved()).isTrue();
        call.cancel("the test ends it", null);
    }

    @Test
    void a_watcher_that_is_too_slow_is_ended_and_harms_no_other() {
        var slow = watch("", 1);
        await().atMost(SOON).until(() -> events.size() == 1);
        for (int round = 0; round < 2; round++) {
            int offset = 1000 * round;
            watch.tell(
                    true,
                    IntStream.range(0, 80)
                            .mapToObj(i -> device("robots/" + (offset + i)))
                            .toArray(TrackedDevice[]::new));
            // The rest of the burst, its end, and one change: the others wait.
            slow.request(round == 0 ? 3 : 1000);
            await().atMost(SOON).until(() -> events.size() >= 4);
        }

        await().atMost(SOON).until(() -> closed.get() != null);
        assertThat(closed.get()).isNotNull().satisfies(status -> {
            assertThat(status.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
            assertThat(status.getDescription()).isEqualTo("too slow: more than 100 changes wait; start again");
        });
        assertThat(list("")).hasSize(80);
    }

    @Test
    void groups_are_listed_beside_their_devices_with_who_is_in_them() {
        var lines = FakeWatch.settled(device("plant/l1/a"), unlisted("plant/l1/b"));
        try (var grouping = Reporting.start((_, _) -> lines, ReportTimes.DEFAULT, InstantSource.system())) {
            grouping.subscribe(
                    Samples.key(
                            Samples.details("serverUrls: tcp://h\ntopics: 'plant/{line}/{device}/#'\ngroup: line\n")),
                    _ -> {});
            await().atMost(SOON).until(() -> !grouping.views().isEmpty());

            var told = DeviceTable.of(grouping.views(), "").messages().toList();

            assertThat(told).extracting(Device::getId).containsExactly("plant/l1/a", "plant/l1/b", "plant/l1");
            assertThat(told.subList(0, 2)).allSatisfy(member -> {
                assertThat(member.getGroup()).isEqualTo("plant/l1");
                assertThat(member.getInstanceHash()).as("it has no Instance").isEmpty();
                assertThat(member.getPropertiesMap()).isEmpty();
                assertThat(member.hasMembers()).isFalse();
            });
            var group = told.getLast();
            assertThat(group.getName()).isEqualTo("l1");
            assertThat(group.getListed()).isTrue();
            assertThat(group.getInstanceHash()).matches("[0-9a-f]{6}");
            assertThat(group.getPropertiesMap()).containsEntry("MQTT_TOPICS", "plant/l1/+/#");
            assertThat(group.getMembers())
                    .isEqualTo(Members.newBuilder()
                            .setKnown(2)
                            .setListed(1)
                            .setOnline(1)
                            .setOffline(1)
                            .build());
        }
    }

    @Test
    void a_change_of_a_device_is_a_change_of_its_group() {
        var lines = FakeWatch.settled(device("plant/l1/a"), unlisted("plant/l1/b"));
        try (var grouping = Reporting.start((_, _) -> lines, ReportTimes.DEFAULT, InstantSource.system())) {
            grouping.subscribe(
                    Samples.key(
                            Samples.details("serverUrls: tcp://h\ntopics: 'plant/{line}/{device}/#'\ngroup: line\n")),
                    _ -> {});
            await().atMost(SOON).until(() -> !grouping.views().isEmpty());
            var before = DeviceTable.of(grouping.views(), "");

            lines.tell(true, device("plant/l1/a"));
            var changed = new CopyOnWriteArrayList<String>();
            var removed = new CopyOnWriteArrayList<String>();
            before.changes(
                    DeviceTable.of(grouping.views(), ""),
                    device -> changed.add(device.getId()),
                    device -> removed.add(device.getId()));

            assertThat(changed).containsExactly("plant/l1");
            assertThat(removed).containsExactly("plant/l1/b");
        }
    }
}
