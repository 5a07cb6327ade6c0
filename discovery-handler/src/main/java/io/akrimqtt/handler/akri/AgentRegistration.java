package io.akrimqtt.handler.akri;

import io.akrimqtt.handler.akri.AgentSocket.Incarnation;
import io.akrimqtt.proto.akri.v0.RegisterDiscoveryHandlerRequest;
import io.akrimqtt.proto.akri.v0.RegisterDiscoveryHandlerRequest.EndpointType;
import io.akrimqtt.proto.akri.v0.RegistrationGrpc;
import io.akrimqtt.serving.GrpcChannels;
import io.akrimqtt.serving.ListenAddress;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
    private final LongAdder registrations = new LongAdder();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;
    private volatile boolean registered;
    private Status.@Nullable Code told;

    private AgentRegistration(Path socket, RegisterDiscoveryHandlerRequest request, RegistrationTimes times) {
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
        var request = RegisterDiscoveryHandlerRequest.newBuilder()
                .setName(name)
                .setEndpoint(endpoint.toString())
                .setEndpointType(EndpointType.UDS)
                .setShared(true)
                .build();
        return new AgentRegistration(agentSocket, request, times);
    }

    /** Starts to register, and goes on until it is closed. Call it once. */
    public void start() {
        thread.start();
    }

    /** Whether the agent that lives now knows the handler. */
    public boolean registered() {
        return registered;
    }

    /** How often the agent has taken a registration since the start. */
    public long registrations() {
        return registrations.sum();
    }

    private void run() {
        @Nullable Incarnation known = null;
        @Nullable Incarnation failed = null;
        var retry = times.retry();
        long nextTry = System.nanoTime();
        try (var agent = new AgentSocket(socket)) {
            do {
                @Nullable Incarnation now = agent.incarnation().orElse(null);
                boolean alive = now != null && agent.alive();
                tell(alive && Objects.equals(now, known));
                boolean due = !Objects.equals(now, failed) || System.nanoTime() - nextTry >= 0;
                if (!alive || registered || !due) {
                    continue;
                }
                if (register()) {
                    known = now;
                    failed = null;
                    retry = times.retry();
                    tell(true);
                } else {
                    failed = now;
                    nextTry = System.nanoTime() + retry.toNanos();
                    retry = min(retry.multipliedBy(2), times.maxRetry());
                }
            } while (!closed.await(times.poll().toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void tell(boolean now) {
        if (registered && !now) {
            LOG.atWarn().addKeyValue("socket", socket).log("akri's agent is gone: waiting for it to come back");
        }
        registered = now;
    }

    private boolean register() {
        try (var connection = GrpcChannels.open(new ListenAddress.UnixSocket(socket))) {
            var _ = RegistrationGrpc.newBlockingStub(connection.channel())
                    .withDeadlineAfter(times.answer().toNanos(), TimeUnit.NANOSECONDS)
                    .registerDiscoveryHandler(request);
            registrations.increment();
            told = null;
            LOG.atInfo()
                    .addKeyValue("name", request.getName())
                    .addKeyValue("endpoint", request.getEndpoint())
                    .log("registered with akri's agent");
            return true;
        } catch (StatusRuntimeException e) {
            var status = e.getStatus();
            if (!status.getCode().equals(told)) {
                LOG.atWarn()
                        .addKeyValue("socket", socket)
                        .addKeyValue("reason", status.getCode() + " " + status.getDescription())
                        .log("akri's agent did not take the registration: trying again");
            }
            told = status.getCode();
            return false;
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
