package io.akrimqtt.cli.inspect;

import io.akrimqtt.cli.output.EventType;
import io.akrimqtt.proto.discovery.v1.Presence;

/** The words for what is believed of a device. */
public final class Presences {

    private Presences() {}

    /** In lower case. */
    public static String word(Presence presence) {
        return switch (presence) {
            case PRESENCE_ONLINE -> "online";
            case PRESENCE_SLEEPING -> "sleeping";
            case PRESENCE_OFFLINE -> "offline";
            case PRESENCE_UNKNOWN, PRESENCE_UNSPECIFIED, UNRECOGNIZED -> "unknown";
        };
    }

    /** The kind of news that the presence would be. */
    public static EventType news(Presence presence) {
        return switch (presence) {
            case PRESENCE_ONLINE -> EventType.DEVICE_ONLINE;
            case PRESENCE_SLEEPING -> EventType.DEVICE_SLEEPING;
            case PRESENCE_OFFLINE -> EventType.DEVICE_OFFLINE;
            case PRESENCE_UNKNOWN, PRESENCE_UNSPECIFIED, UNRECOGNIZED -> EventType.DEVICE_UNKNOWN;
        };
    }
}
