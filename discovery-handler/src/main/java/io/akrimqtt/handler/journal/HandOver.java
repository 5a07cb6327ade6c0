package io.akrimqtt.handler.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;

/**
 * How a process says that it wants to go on in another's place: it keeps a file young; whoever acts sees that and lets go. A request
 * that nobody renews is none, so that a dead process takes nothing away. And how it says that it has arrived: by a file that is there.
 */
final class HandOver {

    /** A request older than that is of somebody who has gone. */
    private static final Duration YOUNG = Duration.ofSeconds(5);

    private final Path request;
    private final Path arrival;

    HandOver(Path file) {
        this.request = file.resolveSibling(file.getFileName() + ".wanted");
        this.arrival = file.resolveSibling(file.getFileName() + ".arrived");
    }

    /** Asks whoever acts to let go; to be repeated while waiting. */
    void ask(Instant now) {
        try {
            if (Files.notExists(request)) {
                Files.createFile(request);
            }
            Files.setLastModifiedTime(request, FileTime.from(now));
        } catch (IOException _) {
            // Then it is not handed over before the other process ends.
        }
    }

    /** Whether somebody asks. */
    boolean asked(Instant now) {
        try {
            var at = Files.getLastModifiedTime(request).toInstant();
            return Duration.between(at, now).abs().compareTo(YOUNG) < 0;
        } catch (IOException _) {
            return false;
        }
    }

    /** We act now: earlier requests are answered. */
    void settle() {
        try {
            Files.deleteIfExists(request);
        } catch (IOException _) {
            // It grows old.
        }
    }

    /** Whoever acts from here on has not arrived yet; to be called by one that acts. */
    void begin() {
        try {
            Files.deleteIfExists(arrival);
        } catch (IOException _) {
            // Then nobody waits for it.
        }
    }

    /** Whoever acts has given its lists. */
    void arrive() {
        try {
            if (Files.notExists(arrival)) {
                Files.createFile(arrival);
            }
        } catch (IOException _) {
            // Then it is waited for longer than it needs.
        }
    }

    /** Whether whoever acts has given its lists. */
    boolean arrived() {
        return Files.exists(arrival);
    }
}
