package io.akrimqtt.cli.process;

import io.akrimqtt.serving.GrpcChannels;
import io.akrimqtt.serving.GrpcConnection;
import io.akrimqtt.serving.ListenAddress;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks a program at a Unix socket again and again whether it is ready, with gRPC's standard health service, and tells of changes.
 * Runs on a virtual thread of its own; {@link #close} may be called by anybody.
 */
final class HealthProbe implements AutoCloseable {

    private static final Duration WHILE_STARTING = Duration.ofMillis(100);
    private static final Duration WHILE_READY = Duration.ofSeconds(1);
    private static final Duration ANSWER_PATIENCE = Duration.ofSeconds(2);
    private static final Duration START_PATIENCE = Duration.ofSeconds(20);

    private final ListenAddress.UnixSocket address;
    private final Consumer<Health> changes;
    private final CountDownLatch closing = new CountDownLatch(1);
    private @Nullable GrpcConnection connection;
    private @Nullable Health told;

    private HealthProbe(ListenAddress.UnixSocket address, Consumer<Health> changes) {
        this.address = address;
        this.changes = changes;
    }

    static HealthProbe start(ListenAddress.UnixSocket address, Consumer<Health> changes) {
        var probe = new HealthProbe(address, changes);
        Thread.ofVirtual().name("health-probe").start(probe::run);
        return probe;
    }

    private void run() {
        long start = System.nanoTime();
        try {
            while (!closing.await(pause().toMillis(), TimeUnit.MILLISECONDS)) {
                var answer = ask();
                if (answer.isPresent()) {
                    tell(answer.get());
                } else if (told == Health.READY) {
                    tell(Health.NOT_READY);
                } else if (told == null && System.nanoTime() - start > START_PATIENCE.toNanos()) {
                    tell(Health.SLOW);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            disconnect();
        }
    }

    private Duration pause() {
        return told == Health.READY ? WHILE_READY : WHILE_STARTING;
    }

    private void tell(Health health) {
        if (health != told && closing.getCount() > 0) {
            told = health;
            changes.accept(health);
        }
    }

    private Optional<Health> ask() {
        if (!Files.exists(address.path())) {
            return Optional.empty();
        }
        GrpcConnection open = connection == null ? GrpcChannels.open(address) : connection;
        connection = open;
        try {
            var status = HealthGrpc.newBlockingStub(open.channel())
                    .withDeadlineAfter(ANSWER_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .check(HealthCheckRequest.getDefaultInstance())
                    .getStatus();
            return Optional.of(status == ServingStatus.SERVING ? Health.READY : Health.NOT_READY);
        } catch (StatusRuntimeException _) {
            // A new connection next time: a channel that could not connect waits longer and longer.
            disconnect();
            return Optional.empty();
        }
    }

    private void disconnect() {
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }

    /** No more is told, but for a change that is being told right now. Idempotent; does not wait. */
    @Override
    public void close() {
        closing.countDown();
    }
}
