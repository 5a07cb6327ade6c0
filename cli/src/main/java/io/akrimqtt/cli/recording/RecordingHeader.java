package io.akrimqtt.cli.recording;

import java.time.Instant;
import java.util.List;

/**
 * The first line of a recording.
 *
 * @param time when it began
 * @param configuration the name of the Configuration that it was made for
 * @param servers the URLs of the MQTT servers; lines name them by their place, from zero
 * @param filters what was subscribed to
 */
public record RecordingHeader(Instant time, String configuration, List<String> servers, List<String> filters) {

    /** The version of the format. */
    static final int VERSION = 1;

    /** What stands in the first field. */
    static final String MAGIC = "akri-mqtt";

    public RecordingHeader {
        servers = List.copyOf(servers);
        filters = List.copyOf(filters);
    }
}
