package io.akrimqtt.handler.report;

import static io.akrimqtt.handler.report.Samples.device;
import static io.akrimqtt.messaging.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.akrimqtt.handler.details.WatchKey;
import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.client.TlsOptions;
import io.akrimqtt.proto.akri.v0.DiscoverResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReportingTest {

    private static final ReportTimes QUICK = new ReportTimes(
            Duration.ofMillis(50), Duration.ofMillis(200), Duration.ofMillis(200), Duration.ofMillis(300));

    private final CopyOnWriteArrayList<FakeWatch> started = new CopyOnWriteArrayList<>();
    private final CopyOnWriteArrayList<String> names = new CopyOnWriteArrayList<>();
    private final AtomicBoolean slowly = new AtomicBoolean();
    private final Reporting reporting = Reporting.start(this::start, QUICK, InstantSource.system());

    private FakeWatch start(WatchKey key, String name) {
        if (key.secrets().values().stream()
                .anyMatch(each ->
                        each.credentials().username().filter("broken"::equals).isPresent())) {
            throw new IllegalArgumentException("planted");
        }
        var watch = slowly.get() ? FakeWatch.slow() : FakeWatch.settled(device("a"));
        started.add(watch);
        names.add(name);
        return watch;
    }

    /** No list is sent again because time has passed. */
    @BeforeEach
    void see() {
        reporting.allot(new Sighted());
    }

    @AfterEach
    void close() {
        reporting.close();
    }

    private static WatchKey user(String username, String password) {
        return new WatchKey(
                Samples.details(),
                Credentials.of(username, password.getBytes(StandardCharsets.UTF_8)),
                TlsOptions.DEFAULT);
    }

    @Test
    void streams_of_equal_details_and_credentials_share_one_watch() {
        var one = new CopyOnWriteArrayList<DiscoverResponse>();
        var two = new CopyOnWriteArrayList<DiscoverResponse>();
        reporting.subscribe(user("u", "p"), one::add);
        reporting.subscribe(
                new WatchKey(
                        Samples.details(
                                "topics: [robots/+/joints] # same\nserverUrls: ['tcp://h:1883', 'ssl://h:8883']\n"),
                        Credentials.of("u", new byte[] {'p'}),
                        TlsOptions.DEFAULT),
                two::add);

        assertThat(started).hasSize(1);
        await().untilAsserted(() -> assertThat(one).isNotEmpty().isEqualTo(two));
    }

    @Test
    void other_passwords_are_other_watches_with_names_that_differ_and_tell_nothing() {
        reporting.subscribe(user("u", "p"), _ -> {});
        reporting.subscribe(user("u", "q"), _ -> {});

        assertThat(started).hasSize(2);
        assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("[0-9a-f]{64}"));
        assertThat(user("u", "p").digest(1)).isEqualTo(user("u", "q").digest(1));
    }

    @Test
    void a_watch_ends_when_nobody_wanted_it_for_long_enough() {
        var now = new AtomicReference<>(Instant.EPOCH);
        try (var timed = Reporting.start(this::start, QUICK, now::get)) {
            var subscription = timed.subscribe(Samples.key(), _ -> {});
            subscription.close();
            var again = timed.subscribe(Samples.key(), _ -> {});
            assertThat(started).hasSize(1);

            again.close();
            await().until(() -> timed.views().getFirst().streams() == 0);
            now.set(Instant.EPOCH.plus(QUICK.linger()));

            await().untilAsserted(() -> {
                assertThat(started.getFirst().closed()).isTrue();
                assertThat(timed.views()).isEmpty();
            });
        }
    }

    @Test
    void a_change_reaches_the_stream() {
        var lists = new CopyOnWriteArrayList<DiscoverResponse>();
        reporting.subscribe(Samples.key(), lists::add);

        started.getFirst().tell(true, device("a"), device("b"));

        await().untilAsserted(() -> assertThat(lists).isNotEmpty().last().matches(list -> list.getDevicesCount() == 2));
        await().untilAsserted(() -> {
            assertThat(reporting.reportsSent()).isEqualTo(lists.size());
            assertThat(reporting.views().getFirst().report().reported()).isEqualTo(List.of("a", "b"));
        });
    }

    @Test
    void a_watch_that_cannot_be_started_is_told_and_harms_no_other() {
        assertThatThrownBy(() -> reporting.subscribe(user("broken", "p"), _ -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("planted");

        reporting.subscribe(user("u", "p"), _ -> {});
        assertThat(started).hasSize(1);
    }

    @Test
    void after_its_stop_nothing_is_sent_whatever_the_watches_tell() {
        var lists = new CopyOnWriteArrayList<DiscoverResponse>();
        reporting.subscribe(Samples.key(), lists::add);
        await().until(() -> lists.size() == 1);

        reporting.close();
        started.getFirst().tell(true);

        assertThat(started.getFirst().closed()).isTrue();
        assertThat(lists).hasSize(1);
    }

    @Test
    void goes_by_the_allotment_of_now_for_watches_that_are_there_and_that_come() {
        var one = new CopyOnWriteArrayList<DiscoverResponse>();
        reporting.subscribe(Samples.key(), one::add);
        await().until(() -> one.size() == 1);

        reporting.allot(TestAllotment.of(Set.of(), Set.of("a")));

        await().untilAsserted(() -> assertThat(one.getLast().getDevicesCount()).isZero());
        var two = new CopyOnWriteArrayList<DiscoverResponse>();
        reporting.subscribe(user("u", "p"), two::add);
        await().untilAsserted(() -> assertThat(two).hasSize(1));
        assertThat(two.getFirst().getDevicesCount()).isZero();
    }

    @Test
    void devices_that_the_watch_could_not_adopt_are_counted_and_hold_up_nothing() {
        var lists = new CopyOnWriteArrayList<DiscoverResponse>();
        reporting.subscribe(Samples.key(), lists::add);
        await().until(() -> !reporting.views().isEmpty());
        var name = reporting.views().getFirst().name();

        reporting.adopt(name, Set.of("no/where", "nor/here"));
        reporting.adopt("no such watch", Set.of("a"));
        started.getFirst().tell(true, device("a"), device("b"));

        await().untilAsserted(
                        () -> assertThat(lists.getLast().getDevicesCount()).isEqualTo(2));
        assertThat(reporting.adoptionsRefused()).isEqualTo(2);
    }

    @Test
    void goes_on_after_it_was_frozen_with_new_watches_and_no_shorter_list() {
        var lists = new CopyOnWriteArrayList<DiscoverResponse>();
        var late = new CopyOnWriteArrayList<DiscoverResponse>();
        reporting.subscribe(Samples.key(), lists::add);
        await().until(() -> lists.size() == 1);
        started.getFirst().tell(true, device("a"), device("b"));
        await().until(() -> lists.getLast().getDevicesCount() == 2);

        reporting.freeze();
        assertThat(started.getFirst().frozen()).isTrue();
        reporting.subscribe(user("u", "p"), late::add);
        assertThat(started).hasSize(1);
        slowly.set(true);
        reporting.thaw();
        await().until(() -> started.size() == 3);

        await().during(Duration.ofMillis(150)).until(() -> late.isEmpty());
        started.get(1).tell(true, device("a"), device("b"), device("c"));
        started.get(1).finish();
        started.get(2).finish();

        await().untilAsserted(
                        () -> assertThat(lists.getLast().getDevicesCount()).isEqualTo(3));
        assertThat(lists.subList(1, lists.size())).allMatch(list -> list.getDevicesCount() >= 2);
        await().untilAsserted(() -> assertThat(late).isNotEmpty());
        await().until(started.getFirst()::closed);
    }
}
