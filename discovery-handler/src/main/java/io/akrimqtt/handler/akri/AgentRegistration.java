package io.akrimqtt.handler.akri;

import com.google.common.util.concurrent.ListenableFuture;
import io.akrimqtt.handler.akri.AgentSocket.Incarnation;
import io.akrimqtt.proto.akri.v0.Empty;
import io.akrimqtt.proto.akri.v0.RegisterDiscoveryHandlerRequest;
import io.akrimqtt.proto.akri.v0.RegisterDiscoveryHandlerRequest.EndpointType;
import io.akrimqtt.proto.akri.v0.RegistrationGrpc;
import io.akrimqtt.serving.GrpcChannels;
import io.akrimqtt.serving.GrpcConnection;
import io.akrimqtt.serving.ListenAddress;
import io.akrimqtt.serving.MonotonicClock;
import io.grpc.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the handler registered with Akri's agent: once for each start of the agent, never as a heartbeat, since each
 * registration makes the agent open one more stream for each Configuration (Akri contract, trap 8). Thread-safe.
 */
public final class AgentRegistration implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AgentRegistration.class);

    /** The name of the agent's socket in the directory that it shares with its handlers. */
    public static final String AGENT_SOCKET = "agent-registration.sock";

    private final Path socket;
    private final RegisterDiscoveryHandlerRequest request;
    private final RegistrationTimes times;
    private final InstantSource clock;
    private final LongAdder registrations = new LongAdder();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean registered;
    private volatile @Nullable Instant registeredAt;
    private Status.@Nullable Code refusal;

    private AgentRegistration(
            Path socket, RegisterDiscoveryHandlerRequest request, RegistrationTimes times, InstantSource clock) {
        this.clock = clock;
        this.socket = socket;
        this.request = request;
        this.times = times;
        this.thread = Thread.ofVirtual().name("registration").unstarted(this::run);
    }

    /**
     * Makes one that does nothing until it is started.
     *
     * @param name what Configurations call the handler
     * @param endpoint the absolute path of the socket that serves Discover, the same for the agent as for us
     */
    public static AgentRegistration of(Path agentSocket, String name, Path endpoint, RegistrationTimes times) {
        return of(agentSocket, name, endpoint, times, MonotonicClock.start(InstantSource.system()));
    }

    /**
     * Makes one that does nothing until it is started.
     *
     * @param name what Configurations call the handler
     * @param endpoint the absolute path of the socket that serves Discover, the same for the agent as for us
     * @param clock what {@link #registeredAt} goes by
     */
    public static AgentRegistration of(
            Path agentSocket, String name, Path endpoint, RegistrationTimes times, InstantSource clock) {
        var request = RegisterDiscoveryHandlerRequest.newBuilder()
                .setName(name)
                .setEndpoint(endpoint.toString())
                .setEndpointType(EndpointType.UDS)
                .setShared(true)
                .build();
        return new AgentRegistration(agentSocket, request, times, clock);
    }

    /** Starts to register, and goes on until it is closed. Call it once. */
    public void start() {
        thread.start();
    }

    /** Whether the agent that lives now knows the handler. */
    public boolean registered() {
        return registered;
    }

    /** When the agent that lives now took the registration; empty where none has. */
    public Optional<Instant> registeredAt() {
        var at = registeredAt;
        return registered ? Optional.ofNullable(at) : Optional.empty();
    }

    /** How often the agent has taken a registration since the start. */
    public long registrations() {
        return registrations.sum();
    }

    private void run() {
        @Nullable Incarnation known = null;
        @Nullable Attempt attempt = null;
        try (var agent = new AgentSocket(socket)) {
            do {
                @Nullable Incarnation now = agent.incarnation().orElse(null);
                boolean alive = now != null && agent.alive();
                tell(alive && Objects.equals(now, known));
                if (attempt != null && !(alive && attempt.meant(now))) {
                    attempt.close();
                    attempt = null;
                }
                if (now == null || !alive || registered) {
                    continue;
                }
                if (attempt == null) {
                    attempt = new Attempt(now);
                }
                if (attempt.taken()) {
                    known = now;
                    attempt.close();
                    attempt = null;
                    registeredAt = clock.instant();
                    tell(true);
                }
            } while (!closed.await(times.poll().toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            if (attempt != null) {
                attempt.close();
            }
        }
    }

    private void tell(boolean now) {
        if (registered && !now) {
            LOG.atWarn().addKeyValue("socket", socket).log("akri's agent is gone: waiting for it to come back");
        }
        registered = now;
    }

    /**
     * What we try with one incarnation of the agent. A call that was made is waited for as long as that one lives, since it may
     * have been taken, and a second one would make a second stream for each Configuration. Only one that was refused is made again.
     */
    private final class Attempt implements AutoCloseable {

        private final Incarnation incarnation;
        private final GrpcConnection connection = GrpcChannels.open(new ListenAddress.UnixSocket(socket));
        private Duration retry = times.retry();
        private @Nullable ListenableFuture<Empty> call;
        private long nextTry;
        private long toldAt;
        private boolean told;

        Attempt(Incarnation incarnation) {
            this.incarnation = incarnation;
            send();
        }

        boolean meant(@Nullable Incarnation other) {
            return incarnation.equals(other);
        }

        private void send() {
            call = RegistrationGrpc.newFutureStub(connection.channel()).registerDiscoveryHandler(request);
            told = false;
            toldAt = System.nanoTime() + times.answer().toNanos();
        }

        /** Looks at what has come; makes the call again where it is time to. */
        boolean taken() throws InterruptedException {
            if (call == null) {
                if (System.nanoTime() - nextTry >= 0) {
                    send();
                }
                return false;
            }
            try {
                call.get(times.poll().toNanos(), TimeUnit.NANOSECONDS);
                registrations.increment();
                refusal = null;
                LOG.atInfo()
                        .addKeyValue("name", request.getName())
                        .addKeyValue("endpoint", request.getEndpoint())
                        .log("registered with akri's agent");
                return true;
            } catch (TimeoutException _) {
                waiting();
            } catch (ExecutionException e) {
                refused(Status.fromThrowable(e.getCause()));
            }
            return false;
        }

        private void waiting() {
            if (!told && System.nanoTime() - toldAt >= 0) {
                told = true;
                LOG.atWarn()
                        .addKeyValue("socket", socket)
                        .log("akri's agent has not answered the registration: waiting on");
            }
        }

        private void refused(Status status) {
            call = null;
            nextTry = System.nanoTime() + retry.toNanos();
            retry = min(retry.multipliedBy(2), times.maxRetry());
            if (!status.getCode().equals(refusal)) {
                LOG.atWarn()
                        .addKeyValue("socket", socket)
                        .addKeyValue("reason", status.getCode() + " " + status.getDescription())
                        .log("akri's agent did not take the registration: trying again");
            }
            refusal = status.getCode();
        }

        @Override
        public void close() {
            connection.close();
        }
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    /** Stops; the agent is not told, which it could not be. Idempotent. */
    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
    }
}
