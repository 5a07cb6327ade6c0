package io.akrimqtt.cli.capture;

import io.akrimqtt.cli.recording.Recorded;
import io.akrimqtt.cli.recording.RecordingWriter;
import io.akrimqtt.serving.MonotonicClock;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Writes down what happens at MQTT servers until it is told to stop. {@link #stop} may be called by anybody. */
public final class Recorder {

    private static final Duration BEAT = Duration.ofMillis(200);

    private final CaptureSettings settings;
    private final MonotonicClock clock;
    private final Inbox inbox = new Inbox();
    private final Progress progress;
    private volatile boolean stopping;

    /** @param clock gives all times of the recording */
    public Recorder(CaptureSettings settings, MonotonicClock clock) {
        this.settings = settings;
        this.clock = clock;
        this.progress = new Progress(settings.servers());
    }

    /**
     * Records; called once.
     *
     * @param end when to stop at the latest
     * @param told gets what comes, and null each beat
     * @throws IllegalArgumentException where certificates or keys are not what they should be; the text has no secret
     */
    public Progress record(RecordingWriter writer, Instant end, BiConsumer<Progress, @Nullable Recorded> told)
            throws IOException, InterruptedException {
        var captures = IntStream.range(0, settings.servers().size())
                .mapToObj(server -> new ServerCapture(settings, server, inbox, clock))
                .toList();
        captures.forEach(ServerCapture::start);
        try {
            write(writer, end, told);
        } finally {
            inbox.close();
            try (var closing = Executors.newVirtualThreadPerTaskExecutor()) {
                captures.forEach(capture -> closing.execute(capture::close));
            }
        }
        return progress;
    }

    private void write(RecordingWriter writer, Instant end, BiConsumer<Progress, @Nullable Recorded> told)
            throws IOException, InterruptedException {
        var beat = clock.instant();
        String reason = "";
        while (reason.isEmpty()) {
            reason = due(end);
            @Nullable Recorded next = inbox.next(reason.isEmpty() ? BEAT : Duration.ZERO);
            if (next != null && writer.write(next)) {
                progress.count(next, writer.bytes());
                told.accept(progress, next);
            } else if (next != null) {
                reason = "it has reached its largest size";
            }
            if (!clock.instant().isBefore(beat)) {
                beat = clock.instant().plus(BEAT);
                writer.flush();
                told.accept(progress, null);
            }
        }
        finish(writer, reason);
    }

    /** Why it ends now, or empty. */
    private String due(Instant end) {
        if (stopping) {
            return "it was told to stop";
        }
        return clock.instant().isBefore(end) ? "" : "its time was over";
    }

    private void finish(RecordingWriter writer, String reason) throws IOException {
        writer.end(clock.instant(), reason);
        writer.flush();
        progress.ended(reason, writer.bytes());
    }

    /** Asks it to end. Idempotent; does not wait. */
    public void stop() {
        stopping = true;
    }
}
