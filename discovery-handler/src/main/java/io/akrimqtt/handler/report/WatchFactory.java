package io.akrimqtt.handler.report;

import io.akrimqtt.handler.details.WatchKey;
import io.akrimqtt.handler.watch.DeviceWatch;

/** Starts watching MQTT servers. */
@FunctionalInterface
public interface WatchFactory {

    /**
     * Starts a watch and returns at once; MQTT servers that cannot be reached are no error.
     *
     * @param name stable and unique among the watches that live at the same time: 64 hexadecimal digits without secrets
     * @throws IllegalArgumentException where certificates or keys are not what they should be; the text has no secret
     */
    DeviceWatch start(WatchKey key, String name);
}
