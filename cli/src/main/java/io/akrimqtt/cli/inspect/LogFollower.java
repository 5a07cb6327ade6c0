package io.akrimqtt.cli.inspect;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Reads a log file line by line; a file that has begun anew is read from its begin. Confined to one thread. */
public final class LogFollower {

    private static final int BUFFER = 64 * 1024;
    private static final int MAX_LINE = 64 * 1024;
    private static final long LOOK_AGAIN_MILLIS = 200;

    private final Path file;
    private final StringBuilder line = new StringBuilder();
    private long position;

    public LogFollower(Path file) {
        this.file = file;
    }

    /** Reads what is there now. */
    public void read(Predicate<String> reader) throws IOException {
        if (piece(reader) && !line.isEmpty()) {
            var _ = reader.test(line.toString());
            line.setLength(0);
        }
    }

    /** Goes on reading what comes until the reader has had enough (false) or the thread is interrupted. */
    public void follow(Predicate<String> reader) throws IOException {
        var never = new CountDownLatch(1);
        try {
            while (piece(reader)) {
                if (never.await(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean piece(Predicate<String> reader) throws IOException {
        if (!Files.exists(file)) {
            return true;
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
            if (channel.size() < position) {
                position = 0;
                line.setLength(0);
            }
            channel.position(position);
            var buffer = ByteBuffer.allocate(BUFFER);
            while (channel.read(buffer) > 0) {
                position = channel.position();
                if (!lines(StandardCharsets.UTF_8.decode(buffer.flip()).toString(), reader)) {
                    return false;
                }
                buffer.clear();
            }
        }
        return true;
    }

    private boolean lines(String text, Predicate<String> reader) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\n' && line.length() < MAX_LINE) {
                line.append(c);
                continue;
            }
            boolean more = reader.test(line.toString());
            line.setLength(0);
            if (!more) {
                return false;
            }
        }
        return true;
    }
}
