package io.akrimqtt.monitor.command.keep;

import io.akrimqtt.messaging.client.ConnectionEvent;
import io.akrimqtt.messaging.client.Delivery;
import io.akrimqtt.messaging.client.MessagingException;
import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.SubscribeOptions;
import io.akrimqtt.messaging.client.Subscription;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.monitor.command.life.CommandRecord;
import io.akrimqtt.monitor.device.SessionFence;
import io.akrimqtt.monitor.device.WorkloadTopics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps records as retained messages with expiry under the workload's own topic, on one MQTT server. Thread-safe.
 *
 * <p>A record that waits outlives its time by a day, so that a later process can tell that it expired. Where the server keeps no
 * retained messages, or refuses them, the process' memory must do: that is logged and told in the state.
 */
public final class RetainedKeeper implements CommandKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(RetainedKeeper.class);

    /** How long after its time a record that waits can still be reported. */
    private static final Duration REPORTED = Duration.ofDays(1);

    /** How long one that has ended is kept. */
    private static final Duration ENDED = Duration.ofMinutes(10);

    /** So many deleted ones are remembered: they may come once more. */
    private static final int MAX_FORGOTTEN = 2_000;

    private static final String NOTHING_RETAINED =
            "the MQTT server keeps no retained messages: commands that wait are lost when this workload ends";

    /** How long a record that the server has taken may be on its way back; servers drop what a subscriber is slow to take. */
    private static final Duration ON_ITS_WAY = Duration.ofSeconds(3);

    /**
     * How long after a new connection nothing is sent that is kept: what was written meanwhile goes out first, and those who know better
     * have that long to say so.
     */
    private static final Duration OBJECTIONS = Duration.ofSeconds(2);

    private static final long LOST = 0;

    /** No command's id begins so. */
    private static final String PROBE = "probe-";

    private final PubSubClient client;
    private final WorkloadTopics topics;
    private final String clientId;
    private final String answers;
    private final InstantSource clock;
    private final Claims claims;
    private final Echoes echoes = new Echoes();
    private final AtomicLong numbers;

    /** Those that we mind, each with the term in which we do; {@link #LOST} where another workload has taken it over. */
    private final Map<String, Long> minded = new ConcurrentHashMap<>();

    /** Those whose records are on the server: they must not stay there as they were. */
    private final Set<String> safe = ConcurrentHashMap.newKeySet();

    private final Map<String, String> forgotten = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MAX_FORGOTTEN;
        }
    });
    private final AtomicLong refused = new AtomicLong();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile boolean doubted;
    private volatile String problem = "";
    private volatile @Nullable Listener listener;

    private RetainedKeeper(
            PubSubClient client, WorkloadTopics topics, String clientId, String answers, InstantSource clock) {
        this.client = client;
        this.topics = topics;
        this.clientId = clientId;
        this.answers = answers;
        this.clock = clock;
        // Above those of an earlier process of the same name.
        this.numbers = new AtomicLong(clock.instant().toEpochMilli() * 1_000);
        this.claims = new Claims(client, topics, clientId, new OnServer());
    }

    /**
     * Subscribes to what is kept; call it before the client connects.
     *
     * @param clientId the client's: tells whose records they are
     * @param answers where answers are awaited, or empty
     */
    public static RetainedKeeper create(
            PubSubClient client,
            SessionFence fence,
            WorkloadTopics topics,
            String clientId,
            String answers,
            InstantSource clock) {
        var keeper = new RetainedKeeper(client, topics, clientId, answers, clock);
        var queue = client.subscribe(SubscribeOptions.of(topics.queue()), keeper::arrived);
        var probe = new RetainProbe(client, topics.queued(PROBE + clientId), keeper.new Proof());
        client.onConnection(event -> {
            keeper.on(event, queue);
            probe.on(event);
        });
        keeper.claims.listen();
        fence.onPassed(() -> {
            keeper.claims.settle();
            keeper.awaitObjections();
        });
        return keeper;
    }

    @Override
    public void listen(Listener value) {
        listener = value;
    }

    private void on(ConnectionEvent event, Subscription queue) {
        switch (event) {
            case ConnectionEvent.Connected _ -> {
                doubted = connections.incrementAndGet() > 1;
                degraded(client.keepsRetained() ? "" : NOTHING_RETAINED);
            }
            case ConnectionEvent.Subscribed() -> {
                if (queue.refused()) {
                    degraded("the MQTT server does not let this workload read what it keeps: "
                            + queue.problem().orElse("refused"));
                }
            }
            case ConnectionEvent.Disconnected _ -> {
                doubted = true;
                echoes.lost();
            }
        }
    }

    private void awaitObjections() {
        int connection = connections.get();
        CompletableFuture.delayedExecutor(OBJECTIONS.toMillis(), TimeUnit.MILLISECONDS, Thread::startVirtualThread)
                .execute(() -> {
                    if (connection == connections.get() && client.connected()) {
                        doubted = false;
                    }
                });
    }

    private final class Proof implements RetainProbe.Listener {

        @Override
        public void proved() {
            if (!problem.isEmpty()) {
                LOG.atInfo().log("queue of commands is kept on the mqtt server after all");
                degraded("");
            }
        }

        @Override
        public void disproved(String reason) {
            degraded(reason);
        }
    }

    private void degraded(String why) {
        if (!why.isEmpty() && !why.equals(problem)) {
            LOG.atWarn().addKeyValue("reason", why).log("queue of commands is kept in memory only");
        }
        problem = why;
        if (!why.isEmpty()) {
            echoes.giveUp();
        }
    }

    private void arrived(Delivery delivery) {
        var message = delivery.message();
        var topic = message.topic().value();
        var id = topic.substring(topic.lastIndexOf('/') + 1);
        if (id.startsWith(PROBE)) {
            return;
        }
        if (message.size() == 0) {
            claims.gone(id);
            minded.remove(id, LOST);
            return;
        }
        if (forgotten.containsKey(id)) {
            if (message.retain()) {
                delete(id);
            }
            return;
        }
        var kept = RecordCodec.read(message.payload())
                .filter(read -> read.command().id().equals(id));
        if (kept.isPresent()) {
            claims.take(kept.get(), !message.retain());
        } else if (refused.getAndIncrement() == 0) {
            LOG.atWarn().addKeyValue("topic", topic).log("record of a command cannot be read");
        }
    }

    /** What is done with the records on the server. */
    private final class OnServer implements Claims.Records {

        @Override
        public long term(String id) {
            return minded.getOrDefault(id, LOST);
        }

        @Override
        public CompletableFuture<?> claim(RecordCodec.Kept kept, long term) {
            return write(kept.command(), term, true);
        }

        @Override
        public void adopt(RecordCodec.Kept kept, long term) {
            var told = listener;
            @Nullable Long before = minded.put(kept.id(), term);
            if (told != null && (before == null || before == LOST)) {
                safe.add(kept.id());
                told.found(kept.command(), kept.answers());
            }
        }

        @Override
        public void cameBack(RecordCodec.Kept kept) {
            echoes.came(kept.id(), kept.stamp().number());
        }

        @Override
        public void contested(RecordCodec.Kept theirs, boolean lost) {
            if (lost) {
                minded.replace(theirs.id(), LOST);
            }
            var told = listener;
            if (told != null) {
                told.contested(theirs.command(), lost);
            }
        }

        @Override
        public void loaded() {
            var told = listener;
            if (told != null) {
                told.loaded();
            }
        }
    }

    @Override
    public CompletableFuture<?> keep(CommandRecord command, boolean now) {
        @Nullable Long term = minded.putIfAbsent(command.id(), 1L);
        if (term != null && term == LOST) {
            // That is being told; nothing may come of this.
            return new CompletableFuture<>();
        }
        if (!problem.isEmpty() && !safe.contains(command.id())) {
            return CompletableFuture.completedFuture("");
        }
        if (now && !client.connected()) {
            return CompletableFuture.failedFuture(
                    new IllegalStateException("the MQTT server that keeps commands is not connected"));
        }
        // What is about to be sent must not be sent by another one as well.
        boolean seen = now && command.sent() != null;
        if (seen && doubted && command.order().durable()) {
            return CompletableFuture.failedFuture(
                    new IllegalStateException("the MQTT server that keeps commands was away just now"));
        }
        return write(command, term == null ? 1 : term, seen);
    }

    /** @param seen completed only when it has come back as well */
    private CompletableFuture<?> write(CommandRecord command, long term, boolean seen) {
        var stamp = new RecordCodec.Stamp(term, numbers.incrementAndGet());
        CompletableFuture<Object> back = seen ? echoes.expect(command.id(), stamp.number()) : new CompletableFuture<>();
        var message = Message.to(topics.queued(command.id()))
                .payload(RecordCodec.write(new RecordCodec.Kept(command, clientId, answers, stamp)))
                .contentType("application/json")
                .expiry(left(command))
                .retain(true)
                .build();
        return client.publish(message)
                .handle((_, failure) -> written(command.id(), failure))
                .whenComplete((_, failure) -> {
                    if (failure != null) {
                        back.complete("");
                    }
                })
                .thenCompose(_ -> seen && problem.isEmpty()
                        ? back.completeOnTimeout("", ON_ITS_WAY.toMillis(), TimeUnit.MILLISECONDS)
                        : CompletableFuture.completedFuture(""));
    }

    private Object written(String id, @Nullable Throwable failure) {
        if (failure instanceof MessagingException refusal && refusal.kind() == MessagingException.Kind.REFUSED) {
            degraded("the MQTT server refuses to keep commands: " + refusal.getMessage());
        } else if (failure != null) {
            throw new IllegalStateException(failure.getMessage(), failure);
        } else {
            safe.add(id);
        }
        return "";
    }

    private Duration left(CommandRecord command) {
        var until = command.until();
        var deadline = command.deadline();
        var end = deadline != null && deadline.isAfter(until) ? deadline : until;
        var ended = command.ended();
        var left = Duration.between(clock.instant(), ended == null ? end.plus(REPORTED) : later(ended));
        return left.compareTo(Duration.ofSeconds(1)) > 0 ? left : Duration.ofSeconds(1);
    }

    private static Instant later(Instant ended) {
        return ended.plus(ENDED);
    }

    @Override
    public void forget(String id) {
        minded.remove(id);
        forgotten.put(id, "");
        delete(id);
    }

    private void delete(String id) {
        if (safe.remove(id) || problem.isEmpty()) {
            client.publish(Message.to(topics.queued(id)).retain(true).build()).exceptionally(_ -> null);
        }
    }

    @Override
    public KeeperState state() {
        return new KeeperState(problem.isEmpty(), problem, refused.get());
    }
}
