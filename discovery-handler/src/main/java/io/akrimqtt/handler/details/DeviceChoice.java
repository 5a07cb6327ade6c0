package io.akrimqtt.handler.details;

import java.util.List;

/**
 * Which devices are wanted, in the shape of Akri's own filters.
 *
 * @param include whether those that match are wanted, or all others
 * @param items patterns for a device's id or name: {@code *} stands for any text, {@code ?} for one character
 */
public record DeviceChoice(boolean include, List<String> items) {

    /** Everybody. */
    public static final DeviceChoice ALL = new DeviceChoice(false, List.of());

    public DeviceChoice {
        items = List.copyOf(items);
    }

    /** Whether a device is wanted. */
    public boolean takes(String id, String name) {
        return (items.isEmpty() && !include)
                || items.stream().anyMatch(item -> matches(item, id) || matches(item, name)) == include;
    }

    /** Never looks further back than to the last star: the time is at most the product of the lengths. */
    static boolean matches(String pattern, String text) {
        int at = 0;
        int in = 0;
        int star = -1;
        int resume = 0;
        while (in < text.length()) {
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = at++;
                resume = in;
            } else if (at < pattern.length() && (pattern.charAt(at) == '?' || pattern.charAt(at) == text.charAt(in))) {
                at++;
                in++;
            } else if (star >= 0) {
                at = star + 1;
                in = ++resume;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
        }
        return at == pattern.length();
    }
}
