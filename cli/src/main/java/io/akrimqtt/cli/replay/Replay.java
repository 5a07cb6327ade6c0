package io.akrimqtt.cli.replay;

import io.akrimqtt.cli.recording.Recorded;
import io.akrimqtt.cli.recording.RecordedMessage;
import io.akrimqtt.handler.details.DiscoveryDetails;
import io.akrimqtt.handler.details.ServerConvention;
import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.presence.convention.Ignored;
import io.akrimqtt.presence.convention.Reading;
import io.akrimqtt.presence.convention.Reading.Sighting;
import io.akrimqtt.presence.state.PresenceEvent;
import io.akrimqtt.presence.state.Published;
import io.akrimqtt.presence.state.Session;
import io.akrimqtt.presence.state.Source;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads a recording as the discovery handler would have read its MQTT servers: each connection as one that begins afresh, since
 * a recorder keeps no session. The same recording and details lead to the same steps. Confined to one thread.
 */
public final class Replay {

    private final List<ServerConvention> conventions;
    private final List<RetainedState> retained;
    private final VirtualTable table;
    private final Map<Ignored, Long> ignored = new EnumMap<>(Ignored.class);
    private final Set<Integer> unread = new TreeSet<>();
    private long messages;

    /**
     * An empty table at no time.
     *
     * @param servers how many MQTT servers the recording has
     * @param told gets what changes, in order
     */
    public Replay(DiscoveryDetails details, int servers, Consumer<Step> told) {
        int last = details.servers().size() - 1;
        conventions = IntStream.range(0, servers)
                .mapToObj(server -> details.convention(details.servers().get(Math.min(server, last))))
                .toList();
        retained = Stream.generate(RetainedState::new).limit(servers).toList();
        table = new VirtualTable(details, retained, told);
    }

    /** Takes the next line. Times never go back. */
    public void on(Recorded recorded) {
        // What is verified before this line is verified with what was retained before it.
        table.before(recorded.time());
        switch (recorded) {
            case Recorded.Connected(var at, var server, var _) -> connected(at, server);
            case Recorded.Disconnected(var at, var server, var _) -> table.on(new PresenceEvent.LinkDown(at, server));
            case Recorded.RetainedRead(var at, var server, var complete, var _) -> {
                unread.remove(server);
                table.on(new PresenceEvent.SnapshotRead(at, server, complete));
            }
            case Recorded.Retained(var at, var server, var message) -> retained(at, server, message);
            case Recorded.Published(var at, var server, var message, var retain) ->
                published(at, server, message, published(retain));
            case Recorded.Ended ended -> table.until(ended.time());
        }
    }

    private static Published published(@Nullable Boolean retain) {
        if (retain == null) {
            return Published.NOT_KNOWN;
        }
        return retain ? Published.RETAINED : Published.NOT_RETAINED;
    }

    private void connected(Instant at, int server) {
        unread.add(server);
        retained.get(server).clear();
        table.on(new PresenceEvent.LinkUp(at, server, Session.FRESH));
        table.on(new PresenceEvent.Drained(at, server));
    }

    private void retained(Instant at, int server, RecordedMessage message) {
        var sighting = read(server, message, Published.RETAINED);
        retained.get(server).put(message.topic(), sighting);
        sighted(at, server, message.topic(), sighting, Source.SNAPSHOT, Published.RETAINED);
    }

    /** Where MQTT 3.1.1 does not tell, a word about presence is taken as retained: nearly all are. */
    private void published(Instant at, int server, RecordedMessage message, Published how) {
        var sighting = read(server, message, how);
        if (how != Published.NOT_RETAINED) {
            retained.get(server).put(message.topic(), sighting);
        }
        sighted(at, server, message.topic(), sighting, Source.LIVE, how);
    }

    private @Nullable Sighting read(int server, RecordedMessage message, Published how) {
        messages++;
        Reading reading = conventions.get(server).read(TopicName.of(message.topic()), payload(message), how);
        @Nullable Ignored cause = reading.ignored();
        if (cause != null) {
            ignored.merge(cause, 1L, Long::sum);
        }
        return reading.sighting();
    }

    /** As long as it was, or as long as is too long either way. */
    private static byte[] payload(RecordedMessage message) {
        byte[] payload = message.payload();
        return message.cut()
                ? Arrays.copyOf(payload, Math.min(message.size(), RecordedMessage.MAX_PAYLOAD + 1))
                : payload;
    }

    private void sighted(
            Instant at, int server, String topic, @Nullable Sighting sighting, Source source, Published how) {
        if (sighting != null) {
            table.on(new PresenceEvent.Sighted(at, server, sighting.device(), sighting.said(), topic, source, how));
        }
    }

    /** All devices as they are now, in the order of their ids. */
    public List<Step> devices() {
        return table.devices();
    }

    /** The servers whose retained messages had not been read when it ended: nothing was concluded from them yet. */
    public Set<Integer> unread() {
        return Collections.unmodifiableSet(unread);
    }

    /** How many messages there were. */
    public long messages() {
        return messages;
    }

    /** How many messages were not taken into account, by cause. */
    public Map<String, Long> ignored() {
        return table.ignored(ignored);
    }
}
