package io.akrimqtt.cli.cluster.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.akrimqtt.cli.cluster.ApiException;
import io.akrimqtt.cli.cluster.ObjectStore.Change;
import io.akrimqtt.cli.cluster.ObjectStore.Changed;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * One watch: the store puts changes in, the call's thread writes them out. At most {@value #MOST} changes wait; a client that is
 * further behind loses its connection and resumes from the version it has.
 */
final class WatchStream {

    private static final int MOST = 2000;
    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(500);
    private static final Duration BETWEEN_BOOKMARKS = Duration.ofSeconds(10);

    private final WatchFilter filter;
    private final WatchLines lines;
    private final Duration longest;
    private final boolean bookmarks;
    private final BlockingQueue<Changed> waiting = new LinkedBlockingQueue<>(MOST);
    private volatile boolean over;

    WatchStream(WatchFilter filter, WatchLines lines, Duration longest, boolean bookmarks) {
        this.filter = filter;
        this.lines = lines;
        this.longest = longest;
        this.bookmarks = bookmarks;
    }

    /** Called by the store; does not wait. */
    void take(Changed changed) {
        if (!waiting.offer(changed)) {
            end();
        }
    }

    /** Ends it after the change that is written just now. */
    void end() {
        over = true;
    }

    /** Writes until the time is up, the client is gone or the watch is ended. */
    void run(OutputStream out, List<ObjectNode> first, String version) throws IOException {
        out.flush();
        for (var object : first) {
            write(out, new Changed(Change.ADDED, object));
        }
        out.flush();
        try {
            follow(out, version);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow(OutputStream out, String from) throws IOException, InterruptedException {
        var version = from;
        long end = System.nanoTime() + longest.toNanos();
        long bookmark = System.nanoTime() + BETWEEN_BOOKMARKS.toNanos();
        while (!over && System.nanoTime() - end < 0) {
            var changed =
                    waiting.poll(Math.min(Math.min(end, bookmark) - System.nanoTime(), TICK), TimeUnit.NANOSECONDS);
            if (changed != null) {
                version = changed.object().at("/metadata/resourceVersion").asText();
                write(out, changed);
            }
            if (bookmarks && System.nanoTime() - bookmark >= 0 && waiting.isEmpty()) {
                out.write(lines.bookmark(version));
                out.flush();
            }
            if (System.nanoTime() - bookmark >= 0) {
                bookmark = System.nanoTime() + BETWEEN_BOOKMARKS.toNanos();
            }
            if (waiting.isEmpty()) {
                out.flush();
            }
        }
    }

    private void write(OutputStream out, Changed changed) throws IOException {
        var told = filter.of(changed);
        if (told.isPresent()) {
            out.write(lines.change(told.get()));
        }
    }

    /** The store refused: the client learns it as the only event, as from Kubernetes. */
    void refuse(Call call, ApiException refusal) throws IOException {
        var out = call.answer().stream();
        out.write(lines.error(refusal));
    }
}
