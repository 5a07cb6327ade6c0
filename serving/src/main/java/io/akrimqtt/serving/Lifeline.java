package io.akrimqtt.serving;

import java.io.IOException;
import java.io.InputStream;

/**
 * Ends a child process with its parent, even one that was killed: the child's standard input is a pipe that the parent holds
 * open, and the system closes it when the parent is gone.
 */
public final class Lifeline {

    /** The setting; {@code stdin} turns it on. */
    public static final String VARIABLE = "AKRI_MQTT_LIFELINE";

    private Lifeline() {}

    /**
     * Reads the input to its end on a daemon thread and then runs {@code end} there, once.
     *
     * @param setting the value of {@link #VARIABLE}, empty for none
     */
    public static void hold(String setting, InputStream input, Runnable end) {
        if (!setting.equals("stdin")) {
            return;
        }
        Thread.ofPlatform().daemon().name("lifeline").start(() -> {
            readToEnd(input);
            end.run();
        });
    }

    private static void readToEnd(InputStream input) {
        try {
            input.transferTo(java.io.OutputStream.nullOutputStream());
        } catch (IOException _) {
            // A broken pipe is an end, too.
        }
    }
}
