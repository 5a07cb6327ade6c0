package io.akrimqtt.handler.report;

import static io.akrimqtt.handler.report.Samples.START;
import static io.akrimqtt.handler.report.Samples.device;
import static io.akrimqtt.handler.report.Samples.unlisted;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.akrimqtt.handler.cluster.InstanceHash;
import io.akrimqtt.handler.watch.TrackedDevice;
import io.akrimqtt.proto.akri.v0.Device;
import io.akrimqtt.proto.akri.v0.DiscoverResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who reports what, as Kubernetes decides it, with time in the test's hand. */
class AllotmentTest {

    private static final String ONE = "device-06523";
    private static final String OTHER = "device-07340";

    private final FakeWatch watch = new FakeWatch();
    private final ReportLog log = new ReportLog();
    private final SharedWatch shared = shared(Allotment.EVERYTHING);
    private final Recorder stream = new Recorder();

    private static final class Recorder implements ReportSink {
        private final List<List<String>> lists = new ArrayList<>();
        private final List<String> ends = new ArrayList<>();

        @Override
        public void send(DiscoverResponse response) {
            lists.add(response.getDevicesList().stream().map(Device::getId).toList());
        }

        @Override
        public void end(String reason) {
            ends.add(reason);
        }
    }

    private SharedWatch shared(Allotment allotment) {
        return new SharedWatch(Samples.key(), "name", watch, ReportTimes.DEFAULT, log, allotment, START);
    }

    private static Instant at(double seconds) {
        return START.plusNanos((long) (seconds * 1e9));
    }

    private void tell(double seconds, TrackedDevice... devices) {
        watch.tell(true, devices);
        shared.changed(at(seconds));
        shared.tick(at(seconds));
        shared.tick(at(seconds + 1));
    }

    private void allot(double seconds, Allotment allotment) {
        shared.allot(allotment, at(seconds));
        shared.tick(at(seconds));
        shared.tick(at(seconds + 1));
    }

    private void open(double seconds) {
        shared.open(stream, at(seconds));
        shared.tick(at(seconds));
    }

    @Test
    void only_devices_of_this_node_are_reported() {
        allot(0, TestAllotment.of(Set.of("a"), Set.of()));
        watch.tell(true, device("a"), device("b"));
        open(0);
        assertThat(stream.lists).containsExactly(List.of("a"));

        allot(5, TestAllotment.of(Set.of("a", "b"), Set.of()));
        assertThat(stream.lists).endsWith(List.of("a", "b"));
    }

    @Test
    void a_device_that_went_is_reported_until_it_may_be_dropped_with_all_that_it_had() {
        allot(0, TestAllotment.of(Set.of("a", "b"), Set.of()));
        watch.tell(true, device("a", true, Map.of("area", "1")), device("b"));
        open(0);
        var message = shared.view().report().response().getDevices(0);

        tell(5, unlisted("a"), device("b"));
        tell(7, device("b"));

        assertThat(stream.lists).containsOnly(List.of("a", "b"));
        assertThat(shared.view().report().response().getDevices(0)).isEqualTo(message);
        assertThat(shared.view().report().held()).isEqualTo(1);
        assertThat(shared.view().devices())
                .extracting(ReportedDevice::id, ReportedDevice::listed, ReportedDevice::reported)
                .contains(tuple("a", false, true));

        allot(10, TestAllotment.of(Set.of("a", "b"), Set.of("a")));
        assertThat(stream.lists).endsWith(List.of("b"));
        assertThat(shared.view().report().held()).isZero();
        assertThat(shared.view().devices()).extracting(ReportedDevice::id).containsExactly("b");
    }

    @Test
    void a_device_that_moves_is_reported_here_until_it_may_be_dropped() {
        allot(0, TestAllotment.of(Set.of("a"), Set.of()));
        watch.tell(true, device("a"));
        open(0);

        allot(5, TestAllotment.of(Set.of(), Set.of()));
        assertThat(stream.lists).containsExactly(List.of("a"));

        allot(10, TestAllotment.of(Set.of(), Set.of("a")));
        assertThat(stream.lists).endsWith(List.of());
        assertThat(shared.view().devices())
                .extracting(ReportedDevice::id, ReportedDevice::listed, ReportedDevice::reported)
                .containsExactly(tuple("a", true, false));
    }

    @Test
    void the_first_list_waits_for_who_owns_what_a_second_at_most() {
        shared.allot(new TestAllotment(Set.of(), Set.of(), Map.of(), false, true), START);
        watch.tell(true, device("a"));
        open(0);
        assertThat(stream.lists).isEmpty();
        assertThat(shared.wakeAt()).isEqualTo(at(1));
        shared.tick(at(0.9));
        assertThat(stream.lists).isEmpty();

        shared.allot(new TestAllotment(Set.of("a"), Set.of(), Map.of(), true, true), at(0.95));
        shared.tick(at(0.95));
        assertThat(stream.lists).containsExactly(List.of("a"));
    }

    @Test
    void before_the_first_list_it_is_seen_what_there_is_to_own() {
        shared.allot(new TestAllotment(Set.of(), Set.of(), Map.of(), false, true), START);
        watch.tell(true, device(ONE), device(OTHER), unlisted("c"));
        open(0);

        assertThat(shared.view().listSent()).isFalse();
        assertThat(shared.view().devices())
                .extracting(ReportedDevice::id, ReportedDevice::reportedId, ReportedDevice::hash)
                .containsExactlyInAnyOrder(
                        tuple(ONE, ONE, "700c11"), tuple(OTHER, OTHER + "#2", InstanceHash.of(OTHER + "#2")));
        assertThat(shared.view().devices().getFirst().properties()).containsEntry("MQTT_REPORTED_BY", "akri-mqtt");
    }

    @Test
    void where_instances_are_seen_nothing_is_sent_again_but_on_demand() {
        allot(0, TestAllotment.of(Set.of("a"), Set.of()));
        watch.tell(true, device("a"));
        open(0);
        for (int second = 1; second < 200; second++) {
            shared.tick(at(second));
        }
        assertThat(stream.lists).hasSize(1);

        shared.sendAgain(at(200));
        assertThat(stream.lists).containsExactly(List.of("a"), List.of("a"));

        allot(300, Allotment.EVERYTHING);
        shared.tick(at(400));
        assertThat(stream.lists).hasSize(3);
    }

    @Test
    void what_changes_nothing_is_counted_and_not_sent() {
        allot(0, TestAllotment.of(Set.of("a"), Set.of()));
        watch.tell(true, device("a"));
        open(0);

        allot(5, TestAllotment.of(Set.of("a"), Set.of("a")));

        assertThat(stream.lists).hasSize(1);
        assertThat(log.reportsSuppressed()).isEqualTo(1);
    }

    @Test
    void streams_that_were_ended_get_nothing_more_and_the_next_one_all() {
        watch.tell(true, device("a"));
        open(0);
        assertThat(shared.view().streamsSince()).contains(at(0));

        shared.end("other details", at(5));
        tell(6, device("a"), device("b"));

        assertThat(stream.ends).containsExactly("other details");
        assertThat(stream.lists).hasSize(1);
        assertThat(shared.view().streamsSince()).isEmpty();
        assertThat(shared.view().listSent()).isFalse();
        assertThat(log.streamsEnded()).isEqualTo(1);
        var next = new Recorder();
        shared.open(next, at(8));
        shared.tick(at(8));
        assertThat(next.lists).containsExactly(List.of("a", "b"));
        assertThat(shared.view().openedAt()).contains(at(8));
        assertThat(shared.view().streamsSince()).contains(at(8));
    }

    @Test
    void streams_carry_lists_without_a_pause_while_one_of_them_does() {
        var other = new Recorder();
        watch.tell(true, device("a"));
        open(0);
        shared.open(other, at(5));
        shared.tick(at(5));
        shared.close(stream, at(6));
        assertThat(shared.view().streamsSince()).contains(at(0));

        shared.close(other, at(7));
        assertThat(shared.view().streamsSince()).isEmpty();
    }

    @Test
    void what_was_reported_before_our_time_stays_until_it_may_be_dropped() {
        allot(0, TestAllotment.of(Set.of("b"), Set.of()));
        watch.tell(true, unlisted("a"), device("b"));
        shared.adopting(Set.of("a"));
        open(0);
        assertThat(stream.lists).isEmpty();

        shared.adopted(at(0.1));
        shared.tick(at(0.1));
        assertThat(stream.lists).containsExactly(List.of("a", "b"));

        allot(5, TestAllotment.of(Set.of("b"), Set.of("a")));
        assertThat(stream.lists).endsWith(List.of("b"));
    }

    @Test
    void two_nodes_that_saw_colliding_devices_in_different_order_agree_on_who_has_the_instance() {
        for (var held : List.of(ONE, OTHER)) {
            var late = held.equals(ONE) ? OTHER : ONE;
            var all = TestAllotment.holding(Set.of(ONE, OTHER), Map.of(held, held));
            assertThat(seen(all, ONE)).isEqualTo(seen(all, OTHER)).containsExactlyInAnyOrder(held, late + "#2");
        }
    }

    /** What a node reports that came to know this device before the other one, and then saw the Instances. */
    private static List<String> seen(Allotment allotment, String first) {
        var builder = new ReportBuilder(Samples.details());
        var before = builder.next(Report.NONE, Samples.snapshot(device(first)));
        var both = builder.next(before, Samples.snapshot(device(ONE), device(OTHER)));
        return builder
                .next(both, Samples.snapshot(device(ONE), device(OTHER)), new Share(allotment, "w", Set.of()))
                .response()
                .getDevicesList()
                .stream()
                .map(Device::getId)
                .toList();
    }

    @Test
    void a_name_is_kept_for_its_device_though_this_node_does_not_know_it_and_over_a_restart() {
        var all = TestAllotment.holding(Set.of(ONE, OTHER), Map.of(OTHER, OTHER));
        var report = new ReportBuilder(Samples.details())
                .next(Report.NONE, Samples.snapshot(device(ONE)), new Share(all, "w", Set.of()));
        assertThat(report.response().getDevices(0).getId()).isEqualTo(ONE + "#2");

        var restarted = Report.after(report.ids().collided());
        var blind = new ReportBuilder(Samples.details()).next(restarted, Samples.snapshot(device(ONE), device(OTHER)));
        assertThat(blind.response().getDevicesList()).extracting(Device::getId).containsExactly(ONE + "#2", OTHER);
    }
}
