package io.akrimqtt.handler.report;

import java.util.Map;

/**
 * A device that is listed or reported.
 *
 * @param id the device's
 * @param reportedId under which id Akri has it, or would have it
 * @param hash the end of its Instance's name
 * @param properties as they are reported, or would be
 * @param listed whether its presence says that it is to have a workload
 * @param reported whether it is in the latest list
 */
public record ReportedDevice(
        String id, String reportedId, String hash, Map<String, String> properties, boolean listed, boolean reported) {
    public ReportedDevice {
        properties = Map.copyOf(properties);
    }
}
