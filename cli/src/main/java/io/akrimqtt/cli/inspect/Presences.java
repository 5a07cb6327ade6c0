package io.akrimqtt.cli.inspect;

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
}
