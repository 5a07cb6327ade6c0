package io.akrimqtt.handler.report;

import io.akrimqtt.handler.details.DiscoveryDetails;
import io.akrimqtt.handler.watch.DeviceGroup;
import io.akrimqtt.handler.watch.DeviceGroups;
import io.akrimqtt.handler.watch.DeviceWatch;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A watch as others may see it. Times are of the clock that reporting was started with.
 *
 * @param name 64 hexadecimal digits, without secrets
 * @param watch for {@link DeviceWatch#current()} only
 * @param report the latest
 * @param streams how many Discover streams it serves; 0 while it lingers
 * @param streamsSince since when it has had a stream that carries lists, without a pause; empty while it has none
 * @param openedAt when the latest stream was opened; empty before the first
 * @param allotment the one that the next report goes by
 */
public record WatchView(
        String name,
        DiscoveryDetails details,
        DeviceWatch watch,
        Report report,
        int streams,
        Optional<Instant> streamsSince,
        Optional<Instant> openedAt,
        Allotment allotment) {

    /** The groups that Akri gets in place of devices, in the order of their ids; none where it gets devices. */
    public List<DeviceGroup> groups() {
        return new DeviceGroups(details).of(watch.current());
    }

    /** The first twelve digits of the name, for people. */
    public String shortName() {
        return name.substring(0, Math.min(12, name.length()));
    }

    /** Whether a list was sent on a stream that lives. */
    public boolean listSent() {
        return streamsSince.isPresent();
    }

    /**
     * Every device, or group where Akri gets groups, that is listed or reported, whoever owns it, but for those that can never be
     * reported; works before the first list, too. Computed anew by each call, in some 0.1 s for 20,000 devices.
     */
    public List<ReportedDevice> devices() {
        return new ReportBuilder(details).devices(report, watch.current(), new Share(allotment, name, Set.of()));
    }
}
