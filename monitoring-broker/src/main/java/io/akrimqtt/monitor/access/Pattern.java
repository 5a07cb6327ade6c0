package io.akrimqtt.monitor.access;

/** Text with {@code *} for any characters. */
final class Pattern {

    private Pattern() {}

    /** In time proportional to the product of both lengths at worst. */
    static boolean matches(String pattern, String text) {
        int at = 0;
        int star = -1;
        int retry = 0;
        for (int i = 0; i < text.length(); ) {
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = at++;
                retry = i;
            } else if (at < pattern.length() && pattern.charAt(at) == text.charAt(i)) {
                at++;
                i++;
            } else if (star >= 0) {
                at = star + 1;
                i = ++retry;
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
