package io.akrimqtt.monitor.access;

import java.util.List;

/**
 * Somebody who calls.
 *
 * @param name who it is, for the audit log and as the scope of idempotency keys
 * @param titles what rules may call it: {@code certificate:<subject>}, {@code token:<subject>}, {@code group:<group>}, or
 *     {@code mqtt} for whoever sends commands over MQTT; all end with {@code anyone}
 * @param proved it showed a certificate or a token that is in order
 */
public record Caller(String name, List<String> titles, boolean proved) {

    /** Somebody who shows nothing. */
    public static final Caller ANYONE = new Caller("", List.of(), false);

    public Caller {
        titles = java.util.stream.Stream.concat(titles.stream(), java.util.stream.Stream.of("anyone"))
                .distinct()
                .toList();
    }

    /** One who has proved to be so. */
    public static Caller proved(String name, List<String> titles) {
        return new Caller(name, titles, true);
    }
}
