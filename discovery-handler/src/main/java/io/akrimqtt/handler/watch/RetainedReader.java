package io.akrimqtt.handler.watch;

import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.presence.convention.Reading.Sighting;
import io.akrimqtt.presence.state.Decision;
import io.akrimqtt.presence.state.Published;
import io.akrimqtt.presence.state.Said;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads what one MQTT server retains, when asked: all of it until nothing is added any more, single topics, or what the server
 * tells of itself. One virtual thread, so one reading at a time; asking is thread-safe and never waits.
 */
final class RetainedReader implements AutoCloseable {

    private static final int ATTEMPTS = 3;
    private static final int BATCH = 500;

    private sealed interface Request {}

    private record All(int round) implements Request {}

    private record Look(int round) implements Request {}

    private record Again(int round, Decision.Verify question) implements Request {}

    private static final int OTHER_REQUESTS = 64;

    private final ServerAccess access;
    private final Forwarder forwarder;
    private final BlockingQueue<Request> requests;
    private final Thread thread;
    private volatile int round;
    private volatile boolean retained = true;
    private int systemRefused = -1;

    private RetainedReader(ServerAccess access) {
        // One question per device at a time, and some more: none is ever turned away.
        this.requests = new LinkedBlockingQueue<>(
                2 * access.settings().details().watch().maxDevices() + OTHER_REQUESTS);
        this.access = access;
        this.forwarder = Forwarder.start(access);
        this.thread =
                Thread.ofVirtual().name("retained-reader-" + access.server()).unstarted(this::run);
    }

    static RetainedReader start(ServerAccess access) {
        var reader = new RetainedReader(access);
        reader.thread.start();
        return reader;
    }

    /**
     * What was asked in earlier rounds is not wanted any more.
     *
     * @param kept whether the server keeps retained messages; else it is not asked for any, and none are found
     */
    void round(int value, boolean kept) {
        retained = kept;
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

    /** Reads what the server tells of itself; the answer is {@link WatchEvent.Looked}. */
    void look(int forRound) {
        requests.offer(new Look(forRound));
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                switch (requests.take()) {
                    case All all -> all(all.round());
                    case Look look -> look(look);
                    case Again again -> again(batch(again));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look(Look look) throws InterruptedException {
        if (look.round() == round) {
            var facts = read(List.of(), true, _ -> {}).facts();
            access.post(new WatchEvent.Looked(access.server(), access.now(), look.round(), facts));
        }
    }

    private void all(int forRound) throws InterruptedException {
        var findings = new Findings(access.convention().filters());
        int failed = 0;
        var problem = "";
        while (retained && findings.wanting() && failed < ATTEMPTS) {
            if (forRound != round) {
                return;
            }
            // A server that ends connections for what it refuses would never be read: without $SYS from then on.
            boolean system = systemRefused != forRound;
            findings.begin();
            var result = read(access.convention().filters(), system, message -> retained(forRound, message, findings));
            problem = result.problem();
            if (problem.isEmpty()) {
                findings.end(result.facts(), result.refused());
            } else {
                failed++;
                systemRefused = forRound;
            }
            verifyMeanwhile();
        }
        forwarder.send(new WatchEvent.SnapshotRead(
                access.server(), access.now(), forRound, findings.complete(), problem, findings.facts()));
    }

    private RetainedPass.Result read(List<TopicFilter> filters, boolean system, Consumer<Message> found)
            throws InterruptedException {
        return RetainedPass.read(access, filters, system, found);
    }

    /** What a topic says is told once, and again where it has changed since. */
    private void retained(int forRound, Message message, Findings findings) {
        var reading = access.convention().read(message.topic(), message.payload(), Published.RETAINED);
        @Nullable Sighting sighting = reading.sighting();
        if (findings.add(message.topic().value(), sighting == null ? Said.EXISTS : sighting.said())) {
            forwarder.send(new WatchEvent.Retained(
                    access.server(), access.now(), forRound, message.topic().value(), reading));
        }
    }

    /** A verification does not wait for the end of a long reading. */
    private void verifyMeanwhile() throws InterruptedException {
        if (requests.peek() instanceof Again && requests.poll() instanceof Again next) {
            again(batch(next));
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
            if (!retained) {
                batch.forEach(each -> answer(each, found));
                return;
            }
            var result = read(filters, false, message -> verified(message, found));
            if (result.problem().isEmpty() && !result.refused()) {
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
        forwarder.close();
    }
}
