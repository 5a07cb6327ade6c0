package io.akrimqtt.cli.recording;

/** What is wrong with a recording, and where; the text holds no payload. */
public final class RecordingException extends Exception {

    private static final long serialVersionUID = 1L;

    RecordingException(String file, long line, String found, String expected) {
        super(file + ":" + line + ": " + found + " (expected: " + expected + ")");
    }
}
