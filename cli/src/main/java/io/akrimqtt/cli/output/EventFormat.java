package io.akrimqtt.cli.output;

/** How an event becomes one line, without a line break at its end. Thread-safe. */
interface EventFormat {
    String line(Event event);
}
