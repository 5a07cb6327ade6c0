package io.akrimqtt.handler.report;

import io.akrimqtt.handler.details.DiscoveryDetails;
import io.akrimqtt.handler.watch.DeviceWatch;

/**
 * A watch as others may see it.
 *
 * @param name 64 hexadecimal digits, without secrets
 * @param watch for {@link DeviceWatch#current()} only
 * @param report the latest
 * @param streams how many Discover streams it serves; 0 while it lingers
 */
public record WatchView(String name, DiscoveryDetails details, DeviceWatch watch, Report report, int streams) {

    /** The first twelve digits of the name, for people. */
    public String shortName() {
        return name.substring(0, Math.min(12, name.length()));
    }
}
