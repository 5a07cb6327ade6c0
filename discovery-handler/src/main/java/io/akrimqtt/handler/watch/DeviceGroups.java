package io.akrimqtt.handler.watch;

import io.akrimqtt.handler.details.DiscoveryDetails;
import io.akrimqtt.handler.details.GroupLevel;
import io.akrimqtt.presence.convention.DeviceIdentity;
import io.akrimqtt.presence.state.Evidence;
import io.akrimqtt.presence.state.Presence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Puts groups in the place of devices, where the details say so. Presence is each member's own; a group is listed while one of its
 * members is, and what is told of it follows from its id, whoever is in it. Pure.
 */
public final class DeviceGroups {

    /** Who speaks for a group: who is listed, then the surest presence, then the latest news. */
    private static final Comparator<TrackedDevice> SPEAKER = Comparator.comparing(
                    (TrackedDevice device) -> !device.listed())
            .thenComparingInt(device -> rank(device.presence()))
            .thenComparing(device -> device.evidence().at(), Comparator.reverseOrder())
            .thenComparing(TrackedDevice::id);

    private final Optional<GroupLevel> level;

    /** Those of some details. */
    public DeviceGroups(DiscoveryDetails details) {
        this.level = details.grouping();
    }

    private static int rank(Presence presence) {
        return switch (presence) {
            case ONLINE -> 0;
            case SLEEPING -> 1;
            case UNKNOWN -> 2;
            case OFFLINE -> 3;
        };
    }

    /** The same with groups in place of devices; unchanged where devices are reported. Devices without a group are left out. */
    public WatchSnapshot grouped(WatchSnapshot snapshot) {
        return level.isEmpty()
                ? snapshot
                : new WatchSnapshot(
                        snapshot.settled(),
                        of(snapshot).stream().map(DeviceGroup::device).toList(),
                        snapshot.servers(),
                        snapshot.counters());
    }

    /** The groups in the order of their ids; none where devices are reported. */
    public List<DeviceGroup> of(WatchSnapshot snapshot) {
        return level.map(each -> of(each, snapshot)).orElse(List.of());
    }

    private static List<DeviceGroup> of(GroupLevel level, WatchSnapshot snapshot) {
        var members = new TreeMap<String, List<TrackedDevice>>();
        snapshot.adopted().keySet().forEach(group -> members.put(group, new ArrayList<>()));
        for (var device : snapshot.devices()) {
            level.groupOf(device.id())
                    .ifPresent(group -> members.computeIfAbsent(group, _ -> new ArrayList<>())
                            .add(device));
        }
        return members.entrySet().stream()
                .flatMap(each -> level
                        .identity(each.getKey())
                        .map(found -> group(
                                level,
                                new DeviceIdentity(each.getKey(), found.name(), found.levels()),
                                each.getValue(),
                                Optional.ofNullable(snapshot.adopted().get(each.getKey()))))
                        .stream())
                .toList();
    }

    private static DeviceGroup group(
            GroupLevel level, DeviceIdentity group, List<TrackedDevice> members, Optional<Evidence> adopted) {
        var listed = members.stream().filter(TrackedDevice::listed).toList();
        var counts = new EnumMap<Presence, Integer>(Presence.class);
        members.forEach(member -> counts.merge(member.presence(), 1, Integer::sum));
        boolean byMember = !listed.isEmpty() || adopted.isEmpty();
        var speaker = members.stream().min(SPEAKER);
        var device = new TrackedDevice(
                group.id(),
                group.name(),
                byMember ? speaker.map(TrackedDevice::presence).orElse(Presence.UNKNOWN) : Presence.UNKNOWN,
                !listed.isEmpty() || adopted.isPresent(),
                !listed.isEmpty() && listed.stream().allMatch(TrackedDevice::flapping),
                group.levels(),
                level.filters(group.id()),
                byMember ? told(speaker.orElseThrow()) : adopted.orElseThrow(),
                List.of());
        return new DeviceGroup(device, counts, listed.size());
    }

    private static Evidence told(TrackedDevice member) {
        var evidence = member.evidence();
        return new Evidence(evidence.kind(), evidence.topic(), evidence.at(), member.name() + ": " + evidence.text());
    }
}
