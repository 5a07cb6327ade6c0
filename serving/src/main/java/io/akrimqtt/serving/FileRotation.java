package io.akrimqtt.serving;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads small files again and again, and tells when one has changed: by what is in them, since a mounted Secret changes by a link.
 * What cannot be used is told once in the log, and asked for again when it changes. One thread, which may block.
 */
public final class FileRotation implements AutoCloseable {

    /** Takes what is in files that have changed. */
    @FunctionalInterface
    public interface Taker {
        /**
         * @param contents of all files that are watched together; a line end at a file's end is dropped
         * @throws IOException where they cannot be used: what was there stays; the message holds no secret
         */
        void take(Map<Path, String> contents) throws IOException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(FileRotation.class);

    private final ScheduledThreadPoolExecutor thread;
    private final Duration every;

    private FileRotation(ScheduledThreadPoolExecutor thread, Duration every) {
        this.thread = thread;
        this.every = every;
    }

    /** Makes one that looks so often, from then on. */
    public static FileRotation start(Duration every) {
        return new FileRotation(
                new ScheduledThreadPoolExecutor(
                        1, Thread.ofVirtual().name("file-rotation").factory()),
                every);
    }

    /**
     * Watches files together, from what is in them now.
     *
     * @param what they are, for the log
     */
    public void watch(String what, List<Path> files, Taker taker) {
        if (!files.isEmpty()) {
            var watched = new Watched(what, List.copyOf(files), taker);
            var _ = thread.scheduleWithFixedDelay(watched, 0, every.toNanos(), TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    /** Confined to the one thread. */
    private static final class Watched implements Runnable {

        private final String what;
        private final List<Path> files;
        private final Taker taker;
        private @Nullable Map<Path, String> last;
        private String lastProblem = "";

        Watched(String what, List<Path> files, Taker taker) {
            this.what = what;
            this.files = files;
            this.taker = taker;
        }

        @Override
        public void run() {
            try {
                var contents = read();
                if (contents.equals(last)) {
                    return;
                }
                last = contents;
                taker.take(contents);
                lastProblem = "";
                LOG.atInfo().addKeyValue("what", what).log("files are read");
            } catch (IOException | RuntimeException e) {
                problem(String.valueOf(e.getMessage()));
            }
        }

        private Map<Path, String> read() throws IOException {
            var contents = new TreeMap<Path, String>();
            for (var file : files) {
                if (Files.size(file) > Environment.MAX_FILE) {
                    throw new IOException(file + " has more than 1 MiB");
                }
                var text = Files.readString(file);
                contents.put(file, text.endsWith("\n") ? text.substring(0, text.length() - 1) : text);
            }
            return contents;
        }

        private void problem(String problem) {
            if (!problem.equals(lastProblem)) {
                lastProblem = problem;
                LOG.atWarn()
                        .addKeyValue("what", what)
                        .addKeyValue("reason", problem)
                        .log("files cannot be used, what was read before stays");
            }
        }
    }
}
