package io.akrimqtt.cli.agent;

import java.util.Map;

/** A device in a handler's list; shared when its handler registered so. */
record ReportedDevice(String id, Map<String, String> properties, boolean shared) {

    ReportedDevice {
        properties = Map.copyOf(properties);
    }
}
