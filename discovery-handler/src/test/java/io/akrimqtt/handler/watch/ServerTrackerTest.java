package io.akrimqtt.handler.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.handler.details.DiscoveryDetails;
import io.akrimqtt.handler.details.WatchRules;
import io.akrimqtt.handler.journal.WatchJournal;
import io.akrimqtt.messaging.client.ConnectionEvent;
import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.client.ProtocolVersion;
import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.client.TlsOptions;
import io.akrimqtt.presence.convention.DeviceFilter;
import io.akrimqtt.presence.state.PresenceEvent;
import io.akrimqtt.presence.state.Source;
import io.akrimqtt.serving.MonotonicClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a tracker makes of time and of what servers tell; the servers are played. */
class ServerTrackerTest {

    private static final ServerUrl SERVER = ServerUrl.parse("tcp://localhost:1");
    private static final Duration PERIOD = Duration.ofMinutes(10);

    /** The longest that the spread makes of it. */
    private static final Duration AFTER_PERIOD = PERIOD.plusMinutes(1);

    private final List<PresenceEvent> told = new ArrayList<>();
    private final Set<String> refused = new HashSet<>();
    private final Mailbox mailbox = new Mailbox();
    private final Watched watched = watched(PERIOD);
    private Instant now = Instant.parse("2030-01-01T00:00:00Z");
    private int round;

    private record Watched(ServerTracker tracker, LiveConnection live, RetainedReader reader) {}

    private Watched watched(Duration audit) {
        var topics = List.of(DeviceFilter.parse("robots/+/joints"), DeviceFilter.parse("cranes/+/joints"));
        var details = DiscoveryDetails.of(List.of(SERVER), topics)
                .withStatus(List.of())
                .with(new WatchRules(audit, 100, Duration.ZERO));
        var access = ServerAccess.of(
                0,
                new WatchSettings(details, Credentials.NONE, TlsOptions.DEFAULT, "node-a", "digest"),
                (_, _, _, _) -> new SilentClient(refused),
                mailbox,
                MonotonicClock.start(InstantSource.system()));
        var live = LiveConnection.of(access);
        var reader = RetainedReader.start(access);
        var tracker = new ServerTracker(
                access, live, reader, () -> List.of("robots/r7", "cranes/c1"), told::add, WatchJournal.NONE);
        return new Watched(tracker, live, reader);
    }

    @AfterEach
    void close() {
        mailbox.close(Instant.EPOCH);
        watched.reader().close();
    }

    private ServerTracker tracker() {
        return watched.tracker();
    }

    private void connects(boolean sessionPresent) {
        tracker().happened(new ConnectionEvent.Connected(sessionPresent, ProtocolVersion.MQTT_5), now);
        tracker().happened(new ConnectionEvent.Subscribed(), now);
        round++;
        if (sessionPresent) {
            after(Duration.ofSeconds(6));
        }
    }

    private void disconnects() {
        tracker().happened(new ConnectionEvent.Disconnected("gone", false, false), now);
        round++;
    }

    private void isRead(SystemFacts facts) {
        tracker().snapshotRead(new WatchEvent.SnapshotRead(0, now, round, true, "", facts));
    }

    private void after(Duration time) {
        now = now.plus(time);
        tracker().tick(now);
    }

    private long count(Class<? extends PresenceEvent> type) {
        return told.stream().filter(type::isInstance).count();
    }

    private static SystemFacts dropped(long count) {
        return new SystemFacts(Optional.empty(), OptionalLong.empty(), OptionalLong.of(count));
    }

    private static SystemFacts started(Instant at) {
        return new SystemFacts(Optional.of(at), OptionalLong.empty(), OptionalLong.empty());
    }

    @Test
    void audits_come_in_their_period_one_after_the_other_while_the_connection_is_live() {
        connects(false);
        after(AFTER_PERIOD);
        assertThat(count(PresenceEvent.AuditBegan.class))
                .as("before it has caught up")
                .isZero();
        isRead(SystemFacts.NONE);
        after(PERIOD.minusMinutes(2));
        assertThat(count(PresenceEvent.AuditBegan.class))
                .as("before the period is over")
                .isZero();

        after(Duration.ofMinutes(3));
        after(AFTER_PERIOD);
        assertThat(count(PresenceEvent.AuditBegan.class)).as("one at a time").isEqualTo(1);

        isRead(SystemFacts.NONE);
        assertThat(told.getLast()).isEqualTo(new PresenceEvent.AuditRead(now, 0, true));
        disconnects();
        after(AFTER_PERIOD);
        assertThat(count(PresenceEvent.AuditBegan.class)).as("while away").isEqualTo(1);
    }

    @Test
    void an_answer_to_an_audit_of_the_connection_before_is_nothing() {
        connects(false);
        isRead(SystemFacts.NONE);
        after(AFTER_PERIOD);
        int old = round;
        disconnects();
        connects(false);

        tracker().snapshotRead(new WatchEvent.SnapshotRead(0, now, old, true, "", SystemFacts.NONE));

        assertThat(count(PresenceEvent.AuditRead.class)).isZero();
        assertThat(count(PresenceEvent.SnapshotRead.class)).isEqualTo(1);
    }

    @Test
    void without_a_period_there_are_audits_on_demand_only_ten_seconds_apart() {
        var off = watched(Duration.ZERO);
        try (var _ = off.reader()) {
            off.tracker().happened(new ConnectionEvent.Connected(false, ProtocolVersion.MQTT_5), now);
            off.tracker().happened(new ConnectionEvent.Subscribed(), now);
            off.tracker().snapshotRead(new WatchEvent.SnapshotRead(0, now, 1, true, "", SystemFacts.NONE));
            off.tracker().tick(now.plus(Duration.ofDays(1)));
            assertThat(count(PresenceEvent.AuditBegan.class)).isZero();

            off.tracker().auditSoon(now);
            off.tracker().auditSoon(now);
            off.tracker().tick(now.plusSeconds(9));
            assertThat(count(PresenceEvent.AuditBegan.class))
                    .as("too soon after the reading")
                    .isZero();
            off.tracker().tick(now.plusSeconds(10));
            assertThat(count(PresenceEvent.AuditBegan.class)).isEqualTo(1);
            off.tracker().snapshotRead(new WatchEvent.SnapshotRead(0, now, 1, true, "", SystemFacts.NONE));
            off.tracker().tick(now.plusSeconds(60));
            assertThat(count(PresenceEvent.AuditBegan.class))
                    .as("two wishes are one audit")
                    .isEqualTo(1);
        }
    }

    @Test
    void a_server_that_is_younger_than_our_former_connection_was_restarted() {
        connects(false);
        isRead(SystemFacts.NONE);
        var formerUp = now;
        after(Duration.ofMinutes(2));
        disconnects();
        connects(true);

        isRead(started(formerUp.plusSeconds(16)));

        assertThat(told.get(told.size() - 2)).isEqualTo(new PresenceEvent.Restarted(now, 0));
        assertThat(told.getLast()).isEqualTo(new PresenceEvent.SnapshotRead(now, 0, true));
    }

    @Test
    void a_server_that_may_be_as_old_as_our_former_connection_was_not_restarted() {
        connects(false);
        isRead(SystemFacts.NONE);
        var formerUp = now;
        after(Duration.ofMinutes(2));
        disconnects();
        connects(true);

        isRead(started(formerUp.plusSeconds(15)));

        assertThat(count(PresenceEvent.Restarted.class)).isZero();
    }

    @Test
    void a_thousand_queued_messages_may_be_a_full_queue() {
        connects(false);
        isRead(SystemFacts.NONE);
        disconnects();
        tracker().happened(new ConnectionEvent.Connected(true, ProtocolVersion.MQTT_5), now);
        tracker().happened(new ConnectionEvent.Subscribed(), now);
        round++;
        for (int i = 0; i < 1_000; i++) {
            assertThat(tracker().source(false, now)).isEqualTo(Source.BACKLOG);
        }
        after(Duration.ofSeconds(6));
        assertThat(tracker().source(false, now)).isEqualTo(Source.LIVE);
        isRead(SystemFacts.NONE);

        after(Duration.ofSeconds(10));

        assertThat(count(PresenceEvent.AuditBegan.class)).isEqualTo(1);
    }

    @Test
    void messages_that_the_server_drops_lead_to_an_audit_unless_our_own_reading_made_it() {
        connects(false);
        isRead(dropped(1));
        after(Duration.ofSeconds(21));
        looks(dropped(100));
        after(Duration.ofMinutes(1));
        assertThat(count(PresenceEvent.AuditBegan.class))
                .as("our own reading's")
                .isZero();
        looks(dropped(100));
        after(Duration.ofMinutes(1));
        assertThat(count(PresenceEvent.AuditBegan.class))
                .as("no more than before")
                .isZero();

        looks(dropped(101));
        after(Duration.ofSeconds(1));

        assertThat(count(PresenceEvent.AuditBegan.class)).isEqualTo(1);
    }

    private void looks(SystemFacts facts) {
        tracker().looked(new WatchEvent.Looked(0, now, round, facts));
    }

    @Test
    void devices_whose_filters_are_all_refused_are_told_and_told_to_be_heard_again() {
        refused.add("robots/+/joints");
        watched.live().start();

        connects(false);

        assertThat(told).contains(new PresenceEvent.Unheard(now, 0, Set.of("robots/r7")));
    }
}
