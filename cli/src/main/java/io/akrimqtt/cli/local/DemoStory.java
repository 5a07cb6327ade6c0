package io.akrimqtt.cli.local;

import io.akrimqtt.cli.output.Event;
import io.akrimqtt.cli.output.EventType;
import io.akrimqtt.cli.output.Field;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the demonstration does by itself: once the workloads run it sends a command, and then a device dies without a
 * word. Events and ticks in, steps out: no clock, no processes. Confined to its loop.
 */
final class DemoStory {

    /** How many workloads have to run before it begins, where there are that many devices. */
    private static final int AUDIENCE = 3;

    private static final Duration BREATH = Duration.ofSeconds(2);
    /** How long to wait for an answer before the story goes on without it. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /** What is to be done. */
    enum Step {
        INVOKE,
        KILL
    }

    private enum Act {
        GATHER,
        ASK,
        ANSWER,
        DIE,
        END
    }

    private final Set<String> running = new HashSet<>();
    private final int audience;
    private final String asked;
    private final Optional<String> mortal;
    private Act act = Act.GATHER;
    private Instant due = Instant.MAX;

    /**
     * A story about these devices.
     *
     * @param devices their names, in order: the first is asked, the last of the first three dies if it is another one
     */
    DemoStory(List<String> devices) {
        audience = Math.min(AUDIENCE, devices.size());
        asked = devices.isEmpty() ? "" : devices.getFirst();
        mortal = mortal(devices);
    }

    /** The device that dies. */
    static Optional<String> mortal(List<String> devices) {
        return devices.size() < 2 ? Optional.empty() : Optional.of(devices.get(Math.min(AUDIENCE, devices.size()) - 1));
    }

    /** Who gets the command. */
    String asked() {
        return asked;
    }

    /** Who dies; empty for nobody. */
    String mortalName() {
        return mortal.orElse("");
    }

    /** Tells it what happened. */
    void on(Event event) {
        var device = event.text(Field.DEVICE);
        if (event.type() == EventType.WORKLOAD_RUNNING) {
            running.add(device);
        }
        boolean gathered = act == Act.GATHER && audience > 0 && running.size() >= audience;
        boolean answered = act == Act.ANSWER && event.type() == EventType.COMMAND_FINISHED;
        if (gathered) {
            next(Act.ASK, event.time().plus(BREATH));
        } else if (answered) {
            next(mortal.isPresent() ? Act.DIE : Act.END, event.time().plus(BREATH));
        }
    }

    /** What is due now. */
    List<Step> tick(Instant now) {
        var steps = new ArrayList<Step>();
        if (now.isBefore(due)) {
            return steps;
        }
        switch (act) {
            case ASK -> {
                steps.add(Step.INVOKE);
                next(Act.ANSWER, now.plus(PATIENCE));
            }
            case ANSWER -> next(mortal.isPresent() ? Act.DIE : Act.END, now);
            case DIE -> {
                steps.add(Step.KILL);
                next(Act.END, Instant.MAX);
            }
            case GATHER, END -> due = Instant.MAX;
        }
        return steps;
    }

    private void next(Act next, Instant when) {
        act = next;
        due = when;
    }
}
