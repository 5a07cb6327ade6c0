package io.akrimqtt.handler.akri;

import io.akrimqtt.handler.details.DetailsParser;
import io.akrimqtt.handler.details.DetailsResult;
import io.akrimqtt.handler.details.DiscoverySecrets;
import io.akrimqtt.handler.details.Problem;
import io.akrimqtt.handler.details.ServerSecrets;
import io.akrimqtt.handler.details.WatchKey;
import io.akrimqtt.handler.details.WatchedServer;
import io.akrimqtt.handler.report.Reporting;
import io.akrimqtt.handler.report.StreamCounts;
import io.akrimqtt.proto.akri.v0.DiscoverRequest;
import io.akrimqtt.proto.akri.v0.DiscoverResponse;
import io.akrimqtt.proto.akri.v0.DiscoveryHandlerGrpc;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Answers Discover calls of Akri's agent. Bad details end a call before its headers, so that no Instance is touched; a call that
 * was accepted is ended only where {@link Reporting#end} says so, since without a guard that deletes every Instance of the node (Akri
 * contract, traps 1 and 2).
 * Thread-safe.
 */
final class DiscoveryService extends DiscoveryHandlerGrpc.DiscoveryHandlerImplBase {

    private static final Logger LOG = LoggerFactory.getLogger(DiscoveryService.class);

    /** How many streams there may be at the same time. */
    static final int MAX_STREAMS = 256;

    /** After how long a watch that could not be started is tried again. */
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final Reporting reporting;
    private final int maxStreams;
    private final Semaphore places;
    private final Set<DiscoverStream> streams = ConcurrentHashMap.newKeySet();
    private final LongAdder opened = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private volatile boolean ending;

    DiscoveryService(Reporting reporting, int maxStreams) {
        this.reporting = reporting;
        this.maxStreams = maxStreams;
        this.places = new Semaphore(maxStreams);
    }

    /** From here on calls are refused, before their headers. */
    void refuseAll() {
        ending = true;
    }

    /** The streams now. */
    StreamCounts streams() {
        int waiting = 0;
        int open = 0;
        for (var stream : streams) {
            open++;
            waiting += stream.listed() ? 0 : 1;
        }
        return new StreamCounts(open, waiting, opened.sum());
    }

    /** How many calls were refused since the start. */
    long refused() {
        return refused.sum();
    }

    @Override
    public void discover(DiscoverRequest request, StreamObserver<DiscoverResponse> observer) {
        var call = (ServerCallStreamObserver<DiscoverResponse>) observer;
        var problems = new ArrayList<Problem>();
        var key = key(request, problems);
        if (ending) {
            refuse(call, Status.UNAVAILABLE, "the handler ends");
        } else if (key.isEmpty()) {
            refuse(call, Status.INVALID_ARGUMENT, text(problems));
        } else if (!places.tryAcquire()) {
            refuse(call, Status.RESOURCE_EXHAUSTED, "there are " + maxStreams + " streams already");
        } else {
            open(call, key.getFirst());
        }
    }

    /** Headers go out before anything that may take long: an agent that waits for them waits with all that it does. */
    private void open(ServerCallStreamObserver<DiscoverResponse> call, WatchKey key) {
        var stream = new DiscoverStream(call, HeadersFirst.SEND.get());
        var over = new CountDownLatch(1);
        call.setOnReadyHandler(stream::ready);
        var left = new AtomicBoolean();
        Runnable leave = () -> {
            if (left.compareAndSet(false, true)) {
                streams.remove(stream);
                places.release();
                over.countDown();
            }
        };
        call.setOnCancelHandler(() -> {
            leave.run();
            LOG.atInfo().log("discover stream ended by the agent");
        });
        call.setOnCloseHandler(leave);
        streams.add(stream);
        opened.increment();
        stream.accept();
        Thread.ofVirtual().name("discover-stream").start(() -> serve(stream, key, over));
    }

    /** Until the stream is over. What could not be served is tried again: ending it would make the agent ask anew at once. */
    private void serve(DiscoverStream stream, WatchKey key, CountDownLatch over) {
        boolean told = false;
        try {
            do {
                try (var _ = reporting.subscribe(key, stream)) {
                    LOG.atInfo().addKeyValue("servers", key.details().servers()).log("discover stream opened");
                    over.await();
                } catch (IllegalArgumentException | IllegalStateException e) {
                    LOG.atLevel(told ? Level.DEBUG : Level.ERROR)
                            .setCause(e)
                            .log("a discover stream has no list, since its watch could not be started: trying again");
                    told = true;
                }
            } while (!over.await(RETRY.toNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** The key, or none where problems were added. */
    private static List<WatchKey> key(DiscoverRequest request, List<Problem> problems) {
        var details = DetailsParser.parse("discoveryDetails", request.getDiscoveryDetails());
        var properties = properties(request);
        if (details instanceof DetailsResult.Refused(var found)) {
            problems.addAll(found);
            secrets(properties, WatchedServer.CREDENTIALS, problems);
        }
        if (!(details instanceof DetailsResult.Checked(var checked))) {
            return List.of();
        }
        var secrets = new HashMap<String, ServerSecrets>();
        checked.servers().stream()
                .map(WatchedServer::credentials)
                .distinct()
                .forEach(
                        prefix -> secrets(properties, prefix, problems).ifPresent(found -> secrets.put(prefix, found)));
        return problems.isEmpty() ? List.of(new WatchKey(checked, secrets)) : List.of();
    }

    private static Optional<ServerSecrets> secrets(
            Map<String, byte[]> properties, String prefix, List<Problem> problems) {
        return switch (DiscoverySecrets.read(properties, prefix)) {
            case DiscoverySecrets.Result.Accepted(var credentials, var tls) ->
                Optional.of(new ServerSecrets(credentials, tls));
            case DiscoverySecrets.Result.Refused(var found) -> {
                problems.addAll(found);
                yield Optional.empty();
            }
        };
    }

    private static Map<String, byte[]> properties(DiscoverRequest request) {
        var properties = new HashMap<String, byte[]>();
        request.getDiscoveryPropertiesMap().forEach((name, value) -> {
            if (value.hasVec()) {
                properties.put(name, value.getVec().toByteArray());
            }
        });
        return properties;
    }

    private static String text(List<Problem> problems) {
        return problems.stream().map(Problem::toString).collect(Collectors.joining("\n"));
    }

    private void refuse(StreamObserver<DiscoverResponse> call, Status status, String text) {
        refused.increment();
        LOG.atWarn()
                .addKeyValue("status", status.getCode())
                .addKeyValue("reason", text)
                .log("discover call refused");
        call.onError(status.withDescription(StatusText.cut(text)).asRuntimeException());
    }
}
