package io.akrimqtt.cli.local;

import io.akrimqtt.cli.configuration.Manifests;
import io.akrimqtt.cli.output.Event;
import io.akrimqtt.cli.output.EventType;
import io.akrimqtt.cli.output.Field;
import io.akrimqtt.cli.output.Output;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * One {@code akri-mqtt local} from its start to its end. Its loop owns the picture and the story; all else posts events.
 *
 * <p>{@link #run} is called once; {@link #stop} may be called by anybody.
 */
public final class LocalRun {

    /** How often a terminal is drawn and the story looked at. */
    private static final Duration BEAT = Duration.ofMillis(200);

    private final LocalOptions options;
    private final Programs programs;
    private final Output output;
    private final InstantSource clock;
    private final Mailbox mailbox = new Mailbox();
    private final Picture picture = new Picture();
    private final Screen screen;
    private final AtomicBoolean stopping = new AtomicBoolean();
    private final CountDownLatch ended = new CountDownLatch(1);
    private @Nullable DemoStory story;

    /** @param clock best one that never jumps */
    public LocalRun(LocalOptions options, Programs programs, Output output, InstantSource clock) {
        this.options = options;
        this.programs = programs;
        this.output = output;
        this.clock = clock;
        this.screen = new Screen(output, picture);
    }

    /**
     * Runs until the time is over, or somebody stops it; then ends everything that it has started.
     *
     * @param manifests checked Configurations
     * @throws LocalRunException where it cannot start
     */
    public void run(Manifests manifests) throws LocalRunException {
        try (var _ = RunLock.take(options.directory())) {
            play(manifests);
            output.event(Event.of(EventType.RUN_STOPPED, clock.instant())
                    .with(Field.DIRECTORY, options.directory().toString())
                    .with(Field.TEXT, "all processes have ended; the logs stay"));
        } finally {
            ended.countDown();
        }
    }

    private void play(Manifests manifests) throws LocalRunException {
        try (var stage = Stage.set(options, programs, manifests, clock, mailbox::post)) {
            story = options.story() ? new DemoStory(Devices.names(options.simulated())) : null;
            announce(stage);
            stage.discover();
            stage.served(clock.instant()).forEach(this::show);
            loop(stage);
            screen.say("--- stopping");
            stage.writes(clock.instant()).forEach(this::show);
            screen.draw();
        }
    }

    private void announce(Stage stage) {
        show(Event.of(EventType.RUN_STARTED, clock.instant())
                .with(Field.DIRECTORY, options.directory().toString())
                .with(Field.URL, stage.serverUrl())
                .with(Field.TEXT, stage.description()));
        stage.announcements(clock.instant()).forEach(this::show);
        if (!options.guard()) {
            screen.say(
                    "--- without the guard, as in Akri alone: whenever a handler or an agent restarts, Instances of living"
                            + " devices are deleted and their workloads restarted");
        }
    }

    private void loop(Stage stage) {
        var duration = options.duration();
        var end = duration == null ? Instant.MAX : clock.instant().plus(duration);
        try {
            while (!stopping.get() && clock.instant().isBefore(end) && !output.closed()) {
                @Nullable Event event = mailbox.next(BEAT);
                while (event != null) {
                    take(event);
                    event = mailbox.next(Duration.ZERO);
                }
                tell(stage);
                complainOfLosses();
                screen.draw();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void take(Event event) {
        if (stopping.get()) {
            return;
        }
        show(picture.placed(event));
        if (story != null) {
            story.on(event);
        }
    }

    private void show(Event event) {
        picture.on(event);
        screen.show(event);
    }

    private void tell(Stage stage) {
        if (story == null) {
            return;
        }
        for (var step : story.tick(clock.instant())) {
            switch (step) {
                case INVOKE -> {
                    screen.say("--- a command for " + story.asked() + ": akri-mqtt invoke " + story.asked() + " "
                            + Stage.COMMAND);
                    stage.invoke(story.asked());
                }
                case KILL -> {
                    screen.say("--- kill -9 of the process that is " + story.mortalName()
                            + ": its Last Will is all that comes; in 20 s it starts again");
                    stage.killDevice();
                }
            }
        }
    }

    private void complainOfLosses() {
        long lost = mailbox.lost();
        if (lost > 0) {
            screen.say("--- " + lost + " events were lost: the output is slower than they come");
        }
    }

    /** Asks it to end. Idempotent; does not wait. */
    public void stop() {
        stopping.set(true);
    }

    /** Waits until all that it started has ended. */
    public void awaitEnd() throws InterruptedException {
        ended.await();
    }
}
