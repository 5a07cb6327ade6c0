package io.akrimqtt.handler.watch;

import io.akrimqtt.handler.details.DiscoveryDetails;
import io.akrimqtt.handler.details.GroupLevel;
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
 * never lists a device for being unknown; this lies over what it believes. Where Akri gets groups, groups are adopted, and no devices:
 * such a group is over as soon as one of its devices is listed. Confined to the loop.
 */
final class Adoption {

    /** As for a device that has not shown a gap between its messages yet. */
    private static final Duration NO_GAP_YET = Duration.ofMinutes(10);

    private static final String WHY = "akri has an instance of it; nothing shows that it is there now";

    private final TopicsConvention convention;
    private final DiscoveryDetails details;
    private final Map<String, Instant> adopted = new HashMap<>();
    private final Set<String> ended = new HashSet<>();
    private final Optional<GroupLevel> level;
    private @Nullable Instant due;

    Adoption(TopicsConvention convention, DiscoveryDetails details) {
        this.convention = convention;
        this.details = details;
        this.level = details.grouping();
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
        if (level.isPresent()) {
            return level.get().identity(device).isPresent();
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
        if (level.isPresent()) {
            core.filter(Belief::listed).ifPresent(_ -> listed(device));
            return core;
        }
        @Nullable Instant at = adopted.get(device);
        if (at == null) {
            return core;
        }
        if (core.isEmpty()) {
            return Optional.of(new Belief(device, Presence.UNKNOWN, true, false, evidence(at), List.of()));
        }
        var belief = core.get();
        if (belief.presence() != Presence.UNKNOWN || belief.listed()) {
            forget(device);
            return core;
        }
        return Optional.of(new Belief(device, Presence.UNKNOWN, true, false, belief.evidence(), belief.transitions()));
    }

    private static Evidence evidence(Instant at) {
        return new Evidence(Evidence.Kind.EXISTS, null, at, WHY);
    }

    /** The groups that are adopted, with the evidence for them. */
    Map<String, Evidence> groups() {
        var groups = new HashMap<String, Evidence>();
        if (level.isPresent()) {
            adopted.forEach((group, at) -> groups.put(group, evidence(at)));
        }
        return groups;
    }

    /** A device that is listed speaks for its group. */
    void listed(String device) {
        if (!adopted.isEmpty()) {
            level.flatMap(each -> each.groupOf(device)).ifPresent(this::forget);
        }
    }

    /** Whether groups are adopted, and no devices. */
    boolean ofGroups() {
        return level.isPresent();
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
