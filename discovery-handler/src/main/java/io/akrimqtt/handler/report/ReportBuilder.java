package io.akrimqtt.handler.report;

import com.google.protobuf.CodedOutputStream;
import io.akrimqtt.handler.details.DiscoveryDetails;
import io.akrimqtt.handler.watch.TrackedDevice;
import io.akrimqtt.handler.watch.WatchSnapshot;
import io.akrimqtt.proto.akri.v0.Device;
import io.akrimqtt.proto.akri.v0.DiscoverResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes a report of what a watch knows. A pure function of the details, the report before and the snapshot: what was reported
 * keeps its place, its id and its properties for as long as it is listed.
 */
public final class ReportBuilder {

    /** The longest device id in bytes. */
    public static final int MAX_ID = 512;

    /** The largest report in bytes; Akri's agent ends a stream, and with it all its devices, above 4 MiB. */
    public static final int MAX_BYTES = 3584 * 1024;

    private static final int FIELD = CodedOutputStream.computeTagSize(DiscoverResponse.DEVICES_FIELD_NUMBER);

    private final DiscoveryDetails details;
    private final int maxBytes;

    public ReportBuilder(DiscoveryDetails details) {
        this(details, MAX_BYTES);
    }

    /** With another limit, for tests. */
    ReportBuilder(DiscoveryDetails details, int maxBytes) {
        this.details = details;
        this.maxBytes = maxBytes;
    }

    /** The next report after {@code before}. */
    public Report next(Report before, WatchSnapshot snapshot) {
        var refused = new EnumMap<Refusal, Integer>(Refusal.class);
        var ids = before.ids()
                .assign(snapshot.devices().stream()
                        .map(TrackedDevice::id)
                        .filter(id -> refusal(id).isEmpty())
                        .toList());
        var known = known(before);
        var first = new ArrayList<Entry>();
        var rest = new ArrayList<Entry>();
        for (var device : snapshot.devices()) {
            if (!device.listed()) {
                continue;
            }
            var refusal = refusal(device.id());
            if (refusal.isPresent()) {
                refused.merge(refusal.get(), 1, Integer::sum);
                continue;
            }
            @Nullable Device same = known.get(device.id());
            (same == null ? rest : first).add(new Entry(device.id(), same == null ? message(device, ids) : same));
        }
        first.sort(Comparator.comparing(Entry::id, ByteOrder.UTF_8));
        rest.sort(Comparator.comparing(Entry::id, ByteOrder.UTF_8));
        first.addAll(rest);
        return fitting(first, refused, ids);
    }

    private record Entry(String id, Device message) {}

    private static Map<String, Device> known(Report before) {
        var known = new HashMap<String, Device>();
        for (int i = 0; i < before.reported().size(); i++) {
            known.put(before.reported().get(i), before.response().getDevices(i));
        }
        return known;
    }

    private Device message(TrackedDevice device, ReportedIds ids) {
        return Device.newBuilder()
                .setId(ids.of(device.id()))
                .putAllProperties(DeviceProperties.of(details, device))
                .build();
    }

    /** Takes entries in their order for as long as they fit; one that does not fit keeps no smaller one out. */
    private Report fitting(List<Entry> entries, Map<Refusal, Integer> refused, ReportedIds ids) {
        var taken = new ArrayList<Entry>();
        int bytes = 0;
        for (var entry : entries) {
            int size = FIELD + CodedOutputStream.computeMessageSizeNoTag(entry.message());
            if (bytes + size > maxBytes) {
                refused.merge(Refusal.REPORT_FULL, 1, Integer::sum);
            } else {
                bytes += size;
                taken.add(entry);
            }
        }
        taken.sort(Comparator.comparing(Entry::id, ByteOrder.UTF_8));
        var response = DiscoverResponse.newBuilder();
        taken.forEach(entry -> response.addDevices(entry.message()));
        return new Report(response.build(), bytes, taken.stream().map(Entry::id).toList(), refused, ids);
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
