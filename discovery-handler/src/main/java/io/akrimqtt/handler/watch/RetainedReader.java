package io.akrimqtt.handler.watch;

import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.presence.convention.Reading.Sighting;
import io.akrimqtt.presence.state.Decision;
import io.akrimqtt.presence.state.PresenceTable;
import io.akrimqtt.presence.state.Published;
import io.akrimqtt.presence.state.Said;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Reads what one MQTT server retains, when asked: all of it until nothing is added any more, or single topics. One virtual
 * thread; asking is thread-safe and never waits.
 */
final class RetainedReader implements AutoCloseable {

    /** A reading that still adds something after so many passes is taken as incomplete. */
    private static final int MAX_PASSES = 12;

    /** One pass may be short where a server's queue overflows: two in a row must add nothing. */
    private static final int IDLE_PASSES = 2;

    /** Topics that are remembered while reading; beyond, messages count but prove no completeness. */
    private static final int MAX_TOPICS = 1_000_000;

    private static final int ATTEMPTS = 3;
    private static final int BATCH = 500;

    private sealed interface Request {}

    private record All(int round) implements Request {}

    private record Again(int round, Decision.Verify question) implements Request {}

    private final ServerAccess access;
    private final BlockingQueue<Request> requests = new LinkedBlockingQueue<>(2 * PresenceTable.DEFAULT_MAX_DEVICES);
    private final Thread thread;
    private volatile int round;

    private RetainedReader(ServerAccess access) {
        this.access = access;
        this.thread =
                Thread.ofVirtual().name("retained-reader-" + access.server()).unstarted(this::run);
    }

    static RetainedReader start(ServerAccess access) {
        var reader = new RetainedReader(access);
        reader.thread.start();
        return reader;
    }

    /** What was asked in earlier rounds is not wanted any more. */
    void round(int value) {
        round = value;
    }

    /** Reads everything; the answers are {@link WatchEvent.Retained} and one {@link WatchEvent.SnapshotRead}. */
    void readAll(int forRound) {
        requests.offer(new All(forRound));
    }

    /** Reads topics; the answer is {@link WatchEvent.Verified}, or none where the server can not be read. */
    void readAgain(int forRound, Decision.Verify question) {
        requests.offer(new Again(forRound, question));
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                switch (requests.take()) {
                    case All all -> all(all.round());
                    case Again again -> again(batch(again));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void all(int forRound) throws InterruptedException {
        Set<String> seen = ConcurrentHashMap.newKeySet();
        int idle = 0;
        int failed = 0;
        var problem = "";
        for (int pass = 0; pass < MAX_PASSES && idle < IDLE_PASSES && failed < ATTEMPTS; pass++) {
            if (forRound != round) {
                return;
            }
            var added = new AtomicBoolean();
            problem = RetainedPass.read(access, access.convention().filters(), message -> {
                boolean first =
                        seen.size() < MAX_TOPICS && seen.add(message.topic().value());
                retained(forRound, message, first);
                added.compareAndSet(false, first);
            });
            failed = problem.isEmpty() ? failed : failed + 1;
            idle = problem.isEmpty() && !added.get() ? idle + 1 : 0;
        }
        boolean complete = idle == IDLE_PASSES && seen.size() < MAX_TOPICS;
        access.post(new WatchEvent.SnapshotRead(access.server(), access.now(), forRound, complete, problem));
    }

    /** Later passes tell nothing new of what is no statement. */
    private void retained(int forRound, Message message, boolean first) {
        var reading = access.convention().read(message.topic(), message.payload(), Published.RETAINED);
        @Nullable Sighting sighting = reading.sighting();
        if (first || (sighting != null && sighting.said() != Said.ACTIVITY)) {
            access.post(new WatchEvent.Retained(
                    access.server(), access.now(), forRound, message.topic().value(), reading));
        }
    }

    private List<Again> batch(Again first) {
        var batch = new ArrayList<Again>();
        batch.add(first);
        while (batch.size() < BATCH && requests.peek() instanceof Again) {
            if (requests.poll() instanceof Again next) {
                batch.add(next);
            }
        }
        batch.removeIf(each -> each.round() != round);
        return batch;
    }

    private void again(List<Again> batch) throws InterruptedException {
        if (batch.isEmpty()) {
            return;
        }
        var topics = new HashSet<String>();
        batch.forEach(each -> topics.addAll(each.question().topics()));
        var filters =
                topics.stream().map(TopicName::of).map(TopicFilter::exactly).toList();
        Map<String, Said> found = new ConcurrentHashMap<>();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            var problem = RetainedPass.read(access, filters, message -> verified(message, found));
            if (problem.isEmpty()) {
                batch.forEach(each -> answer(each, found));
                return;
            }
        }
    }

    private void verified(Message message, Map<String, Said> found) {
        @Nullable
        Sighting sighting = access.convention()
                .read(message.topic(), message.payload(), Published.RETAINED)
                .sighting();
        if (sighting != null && sighting.said() != Said.ACTIVITY) {
            found.put(message.topic().value(), sighting.said());
        }
    }

    private void answer(Again asked, Map<String, Said> found) {
        var mine = new HashMap<>(found);
        mine.keySet().retainAll(asked.question().topics());
        access.post(new WatchEvent.Verified(access.server(), access.now(), asked.round(), asked.question(), mine));
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
