package io.akrimqtt.handler.watch;

import io.akrimqtt.handler.details.DiscoveryDetails;
import io.akrimqtt.presence.convention.TopicsConvention;
import io.akrimqtt.presence.state.Belief;
import io.akrimqtt.presence.state.Evidence;
import io.akrimqtt.presence.state.Presence;
import io.akrimqtt.presence.state.PresenceRules;
import io.akrimqtt.presence.state.PresenceTable;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Devices of which Akri has an Instance though we know nothing, since the journal was lost or there was none: unknown and listed,
 * until there is evidence, or for as long as one that merely exists stays unknown, counted while all MQTT servers are heard. The core
 * never lists a device for being unknown; this lies over what it believes. Confined to the loop.
 */
final class Adoption {

    /** As for a device that has not shown a gap between its messages yet. */
    private static final Duration NO_GAP_YET = Duration.ofMinutes(10);

    private static final String WHY = "akri has an instance of it; nothing shows that it is there now";

    private final TopicsConvention convention;
    private final DiscoveryDetails details;
    private final Map<String, Instant> adopted = new HashMap<>();
    private final Set<String> ended = new HashSet<>();
    private @Nullable Instant due;

    Adoption(TopicsConvention convention, DiscoveryDetails details) {
        this.convention = convention;
        this.details = details;
    }

    /** Whether a device was taken, now or before; not one that the details could not have led to. Each has one chance. */
    boolean take(String device, int known, Instant now) {
        if (ended.contains(device) || adopted.containsKey(device)) {
            return true;
        }
        boolean room = known + ended.size() < details.watch().maxDevices();
        if (!possible(device) || !room || !details.rules().listed().contains(Presence.UNKNOWN)) {
            return false;
        }
        adopted.put(device, now);
        due = null;
        return true;
    }

    private boolean possible(String device) {
        if (device.getBytes(StandardCharsets.UTF_8).length > PresenceTable.MAX_ID_BYTES) {
            return false;
        }
        var prefix = details.servers().stream()
                .map(details::idPrefix)
                .filter(device::startsWith)
                .findFirst();
        if (prefix.isEmpty()) {
            return false;
        }
        var topic = device.substring(prefix.get().length());
        return details.devices().takes(device, device.substring(device.lastIndexOf('/') + 1))
                && !topic.equals("akri-mqtt")
                && !topic.startsWith("akri-mqtt/")
                && convention
                        .identity(topic)
                        .filter(identity -> identity.id().equals(topic))
                        .isPresent();
    }

    /** What is believed of a device, given what the core believes. What proves anything ends the adoption. */
    Optional<Belief> belief(String device, Optional<Belief> core) {
        @Nullable Instant at = adopted.get(device);
        if (at == null) {
            return core;
        }
        if (core.isEmpty()) {
            var evidence = new Evidence(Evidence.Kind.EXISTS, null, at, WHY);
            return Optional.of(new Belief(device, Presence.UNKNOWN, true, false, evidence, List.of()));
        }
        var belief = core.get();
        if (belief.presence() != Presence.UNKNOWN || belief.listed()) {
            forget(device);
            return core;
        }
        return Optional.of(new Belief(device, Presence.UNKNOWN, true, false, belief.evidence(), belief.transitions()));
    }

    /** It was taken back, or there is evidence. */
    void forget(String device) {
        if (adopted.remove(device) != null) {
            ended.add(device);
        }
    }

    /**
     * Those whose time is over; they are adopted no more.
     *
     * @param heard whether all MQTT servers are connected and were read
     */
    Set<String> over(Instant now, boolean heard) {
        if (adopted.isEmpty() || !heard) {
            due = null;
            return Set.of();
        }
        if (due == null) {
            due = now.plus(probation());
        }
        if (now.isBefore(due)) {
            return Set.of();
        }
        var over = Set.copyOf(adopted.keySet());
        adopted.clear();
        ended.addAll(over);
        due = null;
        return over;
    }

    private Duration probation() {
        PresenceRules rules = details.rules();
        if (rules.silence().automatic()) {
            return NO_GAP_YET;
        }
        return rules.silence().timeout().isZero()
                ? rules.probation()
                : rules.silence().timeout();
    }

    /** When {@link #over} wants to be asked, or never. */
    Instant wakeAt() {
        return due == null ? Instant.MAX : due;
    }

    boolean empty() {
        return adopted.isEmpty();
    }
}
