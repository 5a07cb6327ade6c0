package io.akrimqtt.handler.watch;

import io.akrimqtt.handler.details.DiscoveryDetails;
import io.akrimqtt.presence.convention.DeviceIdentity;
import io.akrimqtt.presence.convention.TopicsConvention;
import io.akrimqtt.presence.state.Belief;
import io.akrimqtt.presence.state.Evidence;
import io.akrimqtt.presence.state.PresenceTable;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The devices as they are shown outside, in the order of their ids. Confined to the loop. */
final class Roster {

    private static final Logger LOG = LoggerFactory.getLogger(Roster.class);

    /** More changes at once are told in one line. */
    private static final int TOLD_ONE_BY_ONE = 50;

    private final TopicsConvention convention;
    private final DiscoveryDetails details;
    private final Adoption adoption;
    private final TreeMap<String, TrackedDevice> devices = new TreeMap<>();

    Roster(TopicsConvention convention, DiscoveryDetails details, Adoption adoption) {
        this.convention = convention;
        this.details = details;
        this.adoption = adoption;
    }

    /** Takes over devices, or groups of them, that Akri has; returns how many could not be. */
    int adopt(Set<String> ids, PresenceTable table, Instant now) {
        var taken = new HashSet<String>();
        for (var id : ids) {
            if (adoption.take(id, devices.size() + taken.size(), now)) {
                taken.add(id);
            }
        }
        if (adoption.ofGroups()) {
            devices.values().stream().filter(TrackedDevice::listed).forEach(device -> adoption.listed(device.id()));
        } else {
            show(taken, table);
        }
        return ids.size() - taken.size();
    }

    /** The groups that Akri has, and of which no device was listed since they were adopted. */
    Map<String, Evidence> adoptedGroups() {
        return adoption.groups();
    }

    /** Ends adoptions whose time is over; whether there were any. */
    boolean endAdoptions(PresenceTable table, Instant now, BooleanSupplier heard) {
        var over = adoption.empty() ? Set.<String>of() : adoption.over(now, heard.getAsBoolean());
        if (!adoption.ofGroups()) {
            show(over, table);
        }
        return !over.isEmpty();
    }

    /** When {@link #endAdoptions} wants to be asked, or never. */
    Instant wakeAt() {
        return adoption.wakeAt();
    }

    List<TrackedDevice> devices() {
        return List.copyOf(devices.values());
    }

    /** A view. */
    Set<String> ids() {
        return devices.keySet();
    }

    /** Takes over what has changed. */
    void update(Set<String> changed, PresenceTable table) {
        changed.stream().filter(id -> table.belief(id).isEmpty()).forEach(adoption::forget);
        show(changed, table);
    }

    private void show(Set<String> changed, PresenceTable table) {
        boolean many = changed.size() > TOLD_ONE_BY_ONE;
        for (var id : changed) {
            var belief = adoption.belief(id, table.belief(id));
            @Nullable
            TrackedDevice before = belief.isPresent() ? devices.put(id, tracked(belief.get())) : devices.remove(id);
            if (!many) {
                tell(id, before, belief.orElse(null));
            }
        }
        if (many) {
            LOG.atInfo().addKeyValue(LogKey.COUNT, changed.size()).log("presence of many devices changed");
        }
    }

    private TrackedDevice tracked(Belief belief) {
        var id = belief.device();
        @Nullable TrackedDevice known = devices.get(id);
        var topic = known == null ? details.place(id).topic() : id;
        var identity = known == null
                ? convention.identity(topic).orElseGet(() -> byItself(id))
                : new DeviceIdentity(id, known.name(), known.levels());
        return new TrackedDevice(
                id,
                identity.name(),
                belief.presence(),
                belief.listed(),
                belief.flapping(),
                identity.levels(),
                known == null ? convention.filtersOf(topic) : known.filters(),
                belief.evidence(),
                belief.transitions());
    }

    private static DeviceIdentity byItself(String id) {
        return new DeviceIdentity(id, id.substring(id.lastIndexOf('/') + 1), Map.of());
    }

    private static void tell(String id, @Nullable TrackedDevice before, @Nullable Belief now) {
        if (now == null) {
            LOG.atInfo().addKeyValue(LogKey.DEVICE, id).log("device was taken back");
        } else if (before == null || before.presence() != now.presence()) {
            LOG.atInfo()
                    .addKeyValue(LogKey.DEVICE, id)
                    .addKeyValue(LogKey.PRESENCE, now.presence())
                    .addKeyValue(LogKey.EVIDENCE, now.evidence().kind())
                    .addKeyValue(LogKey.TOPIC, now.evidence().topic())
                    .log("device's presence changed");
        }
    }
}
