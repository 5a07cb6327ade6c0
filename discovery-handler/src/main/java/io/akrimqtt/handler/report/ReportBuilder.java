package io.akrimqtt.handler.report;

import com.google.protobuf.CodedOutputStream;
import io.akrimqtt.handler.details.DiscoveryDetails;
import io.akrimqtt.handler.watch.DeviceGroups;
import io.akrimqtt.handler.watch.TrackedDevice;
import io.akrimqtt.handler.watch.WatchSnapshot;
import io.akrimqtt.proto.akri.v0.Device;
import io.akrimqtt.proto.akri.v0.DiscoverResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes a report of what a watch knows. A pure function of the details, the report before, the snapshot and this node's share: what
 * was reported keeps its place, its id and its properties for as long as it is reported.
 */
public final class ReportBuilder {

    /** The longest device id in bytes. */
    public static final int MAX_ID = 512;

    /** The largest report in bytes; Akri's agent ends a stream, and with it all its devices, above 4 MiB. */
    public static final int MAX_BYTES = 3584 * 1024;

    private static final int FIELD = CodedOutputStream.computeTagSize(DiscoverResponse.DEVICES_FIELD_NUMBER);

    private static final Comparator<Entry> BY_ID = Comparator.comparing(Entry::id, ByteOrder.UTF_8);

    private final DiscoveryDetails details;
    private final DeviceGroups groups;
    private final int maxBytes;

    public ReportBuilder(DiscoveryDetails details) {
        this(details, MAX_BYTES);
    }

    /** With another limit, for tests. */
    ReportBuilder(DiscoveryDetails details, int maxBytes) {
        this.details = details;
        this.groups = new DeviceGroups(details);
        this.maxBytes = maxBytes;
    }

    /** The next report after {@code before}, of all devices. */
    public Report next(Report before, WatchSnapshot snapshot) {
        return next(before, snapshot, Share.WHOLE);
    }

    /** The next report after {@code before}. */
    Report next(Report before, WatchSnapshot known, Share share) {
        var snapshot = groups.grouped(known);
        var refused = new EnumMap<Refusal, Integer>(Refusal.class);
        snapshot.devices().stream()
                .filter(TrackedDevice::listed)
                .flatMap(device -> refusal(device.id()).stream())
                .forEach(refusal -> refused.merge(refusal, 1, Integer::sum));
        var ids = ids(before, snapshot, share);
        var entries = entries(before, snapshot, share, ids);
        var first = new ArrayList<Entry>();
        var rest = new ArrayList<Entry>();
        for (var entry : entries) {
            boolean stays = entry.before() && !share.mayDrop(entry.id());
            if (stays || (entry.listed() && share.owns(entry.id()))) {
                (entry.before() ? first : rest).add(entry);
            }
        }
        first.sort(BY_ID);
        rest.sort(BY_ID);
        first.addAll(rest);
        return fitting(first, refused, ids, messages(entries), share);
    }

    /** All devices that are listed or reported, as things are now. */
    List<ReportedDevice> devices(Report before, WatchSnapshot known, Share share) {
        var snapshot = groups.grouped(known);
        var ids = ids(before, snapshot, share);
        var reported = Set.copyOf(before.reported());
        return entries(before, snapshot, share, ids).stream()
                .map(entry -> new ReportedDevice(
                        entry.id(),
                        entry.message().getId(),
                        ids.hashOf(entry.id()),
                        entry.message().getPropertiesMap(),
                        entry.listed(),
                        reported.contains(entry.id())))
                .toList();
    }

    /**
     * A device that is listed or was reported.
     *
     * @param before whether it was reported before, by us or before our time
     */
    private record Entry(String id, Device message, boolean listed, boolean before) {}

    private static ReportedIds ids(Report before, WatchSnapshot snapshot, Share share) {
        var devices = new HashSet<>(before.reported());
        snapshot.devices().stream()
                .map(TrackedDevice::id)
                .filter(id -> refusal(id).isEmpty())
                .forEach(devices::add);
        return before.ids().assign(devices, share.held());
    }

    private List<Entry> entries(Report before, WatchSnapshot snapshot, Share share, ReportedIds ids) {
        var reported = new HashSet<>(before.reported());
        var entries = new ArrayList<Entry>();
        for (var device : snapshot.devices()) {
            var id = device.id();
            boolean was = reported.remove(id) || share.inherited().contains(id);
            if ((device.listed() || was) && refusal(id).isEmpty()) {
                @Nullable Device known = before.messages().get(id);
                var message = known == null ? message(device, ids) : named(known, ids.of(id));
                entries.add(new Entry(id, message, device.listed(), was));
            }
        }
        // What the watch has forgotten may still not be droppable.
        for (var id : reported) {
            @Nullable Device known = before.messages().get(id);
            if (known != null) {
                entries.add(new Entry(id, named(known, ids.of(id)), false, true));
            }
        }
        return entries;
    }

    private Device message(TrackedDevice device, ReportedIds ids) {
        return Device.newBuilder()
                .setId(ids.of(device.id()))
                .putAllProperties(DeviceProperties.of(details, device))
                .build();
    }

    private static Device named(Device message, String id) {
        return message.getId().equals(id)
                ? message
                : message.toBuilder().setId(id).build();
    }

    private static Map<String, Device> messages(List<Entry> entries) {
        var messages = HashMap.<String, Device>newHashMap(entries.size());
        entries.forEach(entry -> messages.put(entry.id(), entry.message()));
        return messages;
    }

    /** Takes entries in their order for as long as they fit; one that does not fit keeps no smaller one out. */
    private Report fitting(
            List<Entry> entries,
            Map<Refusal, Integer> refused,
            ReportedIds ids,
            Map<String, Device> messages,
            Share share) {
        var taken = new ArrayList<Entry>();
        int bytes = 0;
        int held = 0;
        for (var entry : entries) {
            int size = FIELD + CodedOutputStream.computeMessageSizeNoTag(entry.message());
            if (bytes + size > maxBytes) {
                refused.merge(Refusal.REPORT_FULL, 1, Integer::sum);
            } else {
                bytes += size;
                held += entry.listed() && share.owns(entry.id()) ? 0 : 1;
                taken.add(entry);
            }
        }
        taken.sort(BY_ID);
        var response = DiscoverResponse.newBuilder();
        taken.forEach(entry -> response.addDevices(entry.message()));
        var reported = taken.stream().map(Entry::id).toList();
        return new Report(response.build(), bytes, reported, held, refused, ids, messages);
    }

    private static Optional<Refusal> refusal(String id) {
        if (id.length() > MAX_ID || id.getBytes(StandardCharsets.UTF_8).length > MAX_ID) {
            return Optional.of(Refusal.ID_TOO_LONG);
        }
        return id.chars().anyMatch(Character::isISOControl)
                ? Optional.of(Refusal.ID_WITH_CONTROL_CHARACTERS)
                : Optional.empty();
    }
}
