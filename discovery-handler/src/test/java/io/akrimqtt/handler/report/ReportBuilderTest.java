package io.akrimqtt.handler.report;

import static io.akrimqtt.handler.report.Samples.device;
import static io.akrimqtt.handler.report.Samples.snapshot;
import static io.akrimqtt.handler.report.Samples.unlisted;
import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.handler.watch.TrackedDevice;
import io.akrimqtt.handler.watch.WatchSnapshot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReportBuilderTest {

    private final ReportBuilder builder = new ReportBuilder(Samples.details());

    private static int sizeOf(TrackedDevice... devices) {
        return new ReportBuilder(Samples.details())
                .next(Report.NONE, snapshot(devices))
                .bytes();
    }

    @Test
    void lists_all_listed_devices_and_no_other() {
        var report = builder.next(Report.NONE, snapshot(device("robots/a"), unlisted("robots/b"), device("robots/c")));

        assertThat(report.reported()).containsExactly("robots/a", "robots/c");
        assertThat(report.response().getDevicesList()).extracting("id").containsExactly("robots/a", "robots/c");
        assertThat(report.refused()).isEmpty();
        assertThat(report.bytes()).isEqualTo(report.response().getSerializedSize());
    }

    @Test
    void is_the_same_bytes_whatever_order_the_devices_come_in() {
        var devices = new ArrayList<>(IntStream.range(0, 200)
                .mapToObj(i -> device("robots/" + i, true, Map.of("area", "x", "line", "y", "zone", "z")))
                .toList());
        var first = builder.next(Report.NONE, new WatchSnapshot(true, devices, List.of(), List.of()));
        Collections.shuffle(devices, new Random(42));

        var second = builder.next(Report.NONE, new WatchSnapshot(true, devices, List.of(), List.of()));

        assertThat(second.response()).isEqualTo(first.response());
        assertThat(second.response().toByteString()).isEqualTo(first.response().toByteString());
    }

    @Test
    void is_ordered_by_bytes() {
        var report = builder.next(
                Report.NONE, snapshot(device("r/\uD83D\uDE00"), device("r/\uFF21"), device("r/Z"), device("r/a")));

        assertThat(report.reported()).containsExactly("r/Z", "r/a", "r/\uFF21", "r/\uD83D\uDE00");
    }

    @Test
    void gives_devices_whose_instances_would_have_one_name_two_ids() {
        var report = builder.next(Report.NONE, snapshot(device("device-06523"), device("device-07340")));

        assertThat(report.response().getDevicesList())
                .extracting("id")
                .containsExactly("device-06523", "device-07340#2");
        assertThat(report.response().getDevices(1).getPropertiesMap()).containsEntry("MQTT_DEVICE_ID", "device-07340");
    }

    @Test
    void keeps_ids_while_the_other_of_a_collision_is_offline() {
        var before = builder.next(Report.NONE, snapshot(device("device-06523"), device("device-07340")));

        var report = builder.next(before, snapshot(unlisted("device-06523"), device("device-07340")));

        assertThat(report.response().getDevicesList()).extracting("id").containsExactly("device-07340#2");
    }

    @Test
    void refuses_ids_that_no_workload_could_be_given() {
        var report = builder.next(
                Report.NONE,
                snapshot(
                        device("r/" + "x".repeat(510)),
                        device("r/" + "x".repeat(511)),
                        device("r/a\nb"),
                        device("r/ü".repeat(200))));

        assertThat(report.reported()).containsExactly("r/" + "x".repeat(510));
        assertThat(report.refused())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(Refusal.ID_TOO_LONG, 2, Refusal.ID_WITH_CONTROL_CHARACTERS, 1));
    }

    @Test
    void keeps_the_places_of_known_devices_when_it_is_full() {
        var b = device("robots/b");
        var c = device("robots/c");
        var small = new ReportBuilder(Samples.details(), sizeOf(b, c) + 10);
        var before = small.next(Report.NONE, snapshot(b, c));

        var report = small.next(before, snapshot(device("robots/a"), b, c));

        assertThat(report.reported()).containsExactly("robots/b", "robots/c");
        assertThat(report.refused()).containsExactly(Map.entry(Refusal.REPORT_FULL, 1));
    }

    @Test
    void takes_the_next_device_when_a_place_is_free_again() {
        var b = device("robots/b");
        var small = new ReportBuilder(Samples.details(), sizeOf(b) + 10);
        var before = small.next(Report.NONE, snapshot(b));

        var report = small.next(before, snapshot(device("robots/a"), unlisted("robots/b")));

        assertThat(report.reported()).containsExactly("robots/a");
    }

    @Test
    void never_is_larger_than_its_limit() {
        var devices =
                IntStream.range(0, 30_000).mapToObj(i -> device("robots/" + i)).toArray(TrackedDevice[]::new);

        var report = builder.next(Report.NONE, snapshot(devices));

        assertThat(report.response().getSerializedSize())
                .isEqualTo(report.bytes())
                .isBetween(ReportBuilder.MAX_BYTES - 1000, ReportBuilder.MAX_BYTES);
        assertThat(report.refused()).containsKey(Refusal.REPORT_FULL);
    }

    @Test
    void never_changes_the_properties_of_a_device_that_stays_listed() {
        var before = builder.next(Report.NONE, snapshot(device("robots/a", true, Map.of("area", "1"))));

        var report = builder.next(before, snapshot(device("robots/a", true, Map.of("area", "2"))));

        assertThat(report.response()).isEqualTo(before.response());
    }
}
