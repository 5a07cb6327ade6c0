package io.akrimqtt.monitor;

import io.akrimqtt.monitor.observe.Announcer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Ends the workload in order: it says offline and ends what is asked of it, disconnects, and stops to serve. Each step has its
 * time, so that a dead MQTT server does not hold up the end; all together take less than a second.
 */
record Farewell(MonitorMain.Parts parts) {

    private static final Duration PER_STEP = Duration.ofMillis(300);

    void run() {
        parts.commands().close();
        await(Stream.concat(parts.announcers().stream().map(Announcer::leave), closing(parts.routes())));
        await(closing(parts.clients()));
        await(closing(parts.listeners()));
    }

    private static Stream<CompletableFuture<?>> closing(List<? extends AutoCloseable> parts) {
        return parts.stream().map(Farewell::closing);
    }

    private static CompletableFuture<?> closing(AutoCloseable part) {
        var closed = new CompletableFuture<Void>();
        Thread.ofVirtual().name("farewell").start(() -> {
            try {
                part.close();
                closed.complete(null);
            } catch (Exception e) {
                closed.completeExceptionally(e);
            }
        });
        return closed;
    }

    /** Waits for all of them, for a while; what is late or goes wrong is left behind. */
    private static void await(Stream<? extends CompletableFuture<?>> steps) {
        CompletableFuture.allOf(steps.toArray(CompletableFuture[]::new))
                .orTimeout(PER_STEP.toMillis(), TimeUnit.MILLISECONDS)
                .handle((_, _) -> "")
                .join();
    }
}
