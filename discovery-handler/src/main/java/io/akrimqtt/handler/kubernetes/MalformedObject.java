package io.akrimqtt.handler.kubernetes;

/** An object of the API server that is not what its kind promises; the text says where, what came and what was expected. */
final class MalformedObject extends RuntimeException {

    private static final long serialVersionUID = 1;

    MalformedObject(String path, Object found, String expected) {
        super(path + ": " + cut(found) + " (expected: " + expected + ")");
    }

    private static String cut(Object found) {
        var text = String.valueOf(found);
        return text.length() <= 80 ? "'" + text + "'" : "'" + text.substring(0, 80) + "…'";
    }
}
