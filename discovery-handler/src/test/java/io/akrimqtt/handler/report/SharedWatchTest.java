package io.akrimqtt.handler.report;

import static io.akrimqtt.handler.report.Samples.START;
import static io.akrimqtt.handler.report.Samples.device;
import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.handler.watch.TrackedDevice;
import io.akrimqtt.proto.akri.v0.Device;
import io.akrimqtt.proto.akri.v0.DiscoverResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** When what is sent, with time in the test's hand. */
class SharedWatchTest {

    private final FakeWatch watch = new FakeWatch();
    private final SharedWatch shared = new SharedWatch(
            Samples.key(), "name", watch, ReportTimes.DEFAULT, new ReportLog(), Allotment.EVERYTHING, START);
    private final Recorder one = new Recorder();
    private final Recorder two = new Recorder();

    private static final class Recorder implements ReportSink {
        private final List<List<String>> lists = new ArrayList<>();

        @Override
        public void send(DiscoverResponse response) {
            lists.add(response.getDevicesList().stream().map(Device::getId).toList());
        }
    }

    private static Instant at(double seconds) {
        return START.plusNanos((long) (seconds * 1e9));
    }

    private void tell(double seconds, String... ids) {
        watch.tell(true, List.of(ids).stream().map(Samples::device).toArray(TrackedDevice[]::new));
        shared.changed(at(seconds));
        shared.tick(at(seconds));
    }

    @Test
    void a_settled_watch_answers_at_once() {
        watch.tell(true, device("a"));
        shared.open(one, at(0));
        shared.tick(at(0));

        assertThat(one.lists).containsExactly(List.of("a"));
    }

    @Test
    void a_young_watch_says_nothing_until_it_is_settled() {
        shared.open(one, at(0));
        watch.tell(false, device("a"));
        shared.changed(at(0.1));
        shared.tick(at(0.9));
        assertThat(one.lists).isEmpty();

        tell(0.95, "a", "b");
        assertThat(one.lists).containsExactly(List.of("a", "b"));
    }

    @Test
    void a_young_watch_that_knows_nothing_says_so_only_after_ten() {
        shared.open(one, at(0));
        assertThat(shared.wakeAt()).isEqualTo(at(10));
        shared.tick(at(9.9));
        assertThat(one.lists).isEmpty();

        shared.tick(at(10));
        assertThat(one.lists).containsExactly(List.of());
    }

    @Test
    void a_young_watch_says_what_it_knows_after_a_second() {
        shared.open(one, at(0));
        watch.tell(false, device("a"));
        assertThat(shared.wakeAt()).isEqualTo(at(1));
        shared.tick(at(1));

        assertThat(one.lists).containsExactly(List.of("a"));
    }

    @Test
    void changes_are_gathered_for_a_second_after_the_first() {
        shared.open(one, at(0));
        tell(0, "a");
        tell(4.0, "a", "b");
        tell(4.5, "a", "b", "c");
        assertThat(shared.wakeAt()).isEqualTo(at(5));
        shared.tick(at(4.99));
        assertThat(one.lists).hasSize(2).containsOnly(List.of("a"));

        shared.tick(at(5));

        assertThat(one.lists).hasSize(3).endsWith(List.of("a", "b", "c"));
    }

    @Test
    void changes_are_gathered_for_as_long_as_is_written() {
        var details = Samples.details("serverUrls: tcp://h\ntopics: a/b\npresence: {minPublishInterval: 7s}\n");
        var slow = new SharedWatch(
                Samples.key(details), "slow", watch, ReportTimes.DEFAULT, new ReportLog(), Allotment.EVERYTHING, START);
        watch.tell(true, device("a"));
        slow.open(one, at(0));
        slow.tick(at(0));
        watch.tell(true, device("a"), device("b"));
        slow.changed(at(30));
        slow.tick(at(36.9));
        assertThat(slow.wakeAt()).isEqualTo(at(37));
        assertThat(one.lists).containsOnly(List.of("a"));

        slow.tick(at(37));

        assertThat(one.lists).endsWith(List.of("a", "b"));
    }

    @Test
    void an_unchanged_list_is_not_sent_for_a_change() {
        shared.open(one, at(0));
        tell(0, "a");
        tell(0.5, "a", "b");
        tell(0.7, "a");
        shared.tick(at(2));

        assertThat(one.lists).containsExactly(List.of("a"));
    }

    @Test
    void an_unchanged_list_is_sent_again_on_schedule() {
        shared.open(one, at(0));
        tell(0, "a");
        for (int tenths = 1; tenths <= 1000; tenths++) {
            shared.tick(at(tenths / 10.0));
        }

        assertThat(one.lists).hasSize(1 + 4).containsOnly(List.of("a"));
    }

    @Test
    void a_second_stream_gets_the_list_at_once_and_its_own_schedule() {
        shared.open(one, at(0));
        tell(0, "a");
        shared.open(two, at(1));
        shared.tick(at(1));
        assertThat(two.lists).containsExactly(List.of("a"));
        assertThat(one.lists).hasSize(1);

        shared.tick(at(3));
        assertThat(two.lists).hasSize(1);
        assertThat(one.lists).hasSize(2);
        shared.tick(at(4));
        assertThat(two.lists).hasSize(2);
    }

    @Test
    void a_watch_without_streams_lingers_and_is_warm_for_the_next() {
        shared.open(one, at(0));
        tell(0, "a");
        shared.close(one, at(5));
        tell(6, "a", "b");
        assertThat(shared.over(at(64.9))).isFalse();
        assertThat(shared.over(at(65))).isTrue();
        watch.tell(false, device("a"), device("b"));

        shared.open(two, at(60));
        shared.tick(at(60));

        assertThat(two.lists).containsExactly(List.of("a", "b"));
        assertThat(shared.over(at(100))).isFalse();
    }
}
