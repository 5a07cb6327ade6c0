package io.akrimqtt.cli.local;

import io.akrimqtt.cli.output.Event;
import io.akrimqtt.cli.output.EventType;
import io.akrimqtt.cli.output.LiveScreen;
import io.akrimqtt.cli.output.Output;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a run is shown: a table that lives below the lines on a terminal, lines alone elsewhere. People are spared the steps on the
 * way; programs get every event. Confined to the run's loop.
 */
final class Screen {

    private static final Set<EventType> FOR_PROGRAMS = Set.of(
            EventType.INSTANCE_CREATED,
            EventType.INSTANCE_DELETED,
            EventType.WORKLOAD_STARTING,
            EventType.COMMAND_PROGRESS,
            EventType.PROGRAM_STARTED);

    private final Output output;
    private final Picture picture;
    private final @Nullable LiveScreen screen;
    private final List<String> waiting = new ArrayList<>();
    private boolean dirty;

    Screen(Output output, Picture picture) {
        this.output = output;
        this.picture = picture;
        this.screen = output.live() ? output.screen() : null;
    }

    void show(Event event) {
        dirty = true;
        if (!output.json() && FOR_PROGRAMS.contains(event.type())) {
            return;
        }
        if (screen == null) {
            output.event(event);
        } else {
            waiting.add(output.lineOf(event));
        }
    }

    /** A line for people. */
    void say(String line) {
        if (screen == null) {
            output.text(line);
        } else {
            waiting.add(line);
            dirty = true;
        }
    }

    /** Draws what has changed. */
    void draw() {
        if (screen != null && dirty) {
            screen.show(List.copyOf(waiting), picture.table());
            waiting.clear();
            dirty = false;
        }
    }
}
