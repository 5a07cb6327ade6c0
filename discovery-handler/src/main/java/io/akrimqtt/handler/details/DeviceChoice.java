package io.akrimqtt.handler.details;

import java.util.List;

/**
 * Which devices are wanted, in the shape of Akri's own filters.
 *
 * @param include whether those that match are wanted, or all others
 * @param items patterns for a device's id or name
 */
public record DeviceChoice(boolean include, List<Glob> items) {

    /** Everybody. */
    public static final DeviceChoice ALL = new DeviceChoice(false, List.of());

    /** Longer ids are not looked at: nothing is tracked under them anyway. */
    private static final int MAX_ID = 512;

    public DeviceChoice {
        items = List.copyOf(items);
    }

    /** With patterns as they are written. */
    public static DeviceChoice of(boolean include, List<String> items) {
        return new DeviceChoice(include, items.stream().map(Glob::of).toList());
    }

    /** Whether a device is wanted; one whose id is too long is left to those who refuse such ids. */
    public boolean takes(String id, String name) {
        if (id.length() > MAX_ID || (items.isEmpty() && !include)) {
            return true;
        }
        return items.stream().anyMatch(item -> item.matches(id) || item.matches(name)) == include;
    }
}
