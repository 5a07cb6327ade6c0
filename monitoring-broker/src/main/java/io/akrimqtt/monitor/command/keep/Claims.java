package io.akrimqtt.monitor.command.keep;

import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.SubscribeOptions;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.monitor.device.WorkloadTopics;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Decides whose records of others we take over: those of workloads that do not answer when they are asked. Several workloads of
 * one device may run at a time, and each minds its own; what others keep is followed as they change it, since what was waiting when
 * we came may be done when they go. Where two take over the same record at a time, the one whose client id is the lesser in order
 * gets it. One thread owns all of it.
 */
final class Claims {

    /** How many records of others are held back. */
    private static final int MAX_HELD = 5_000;

    /** Retained messages may come a little behind what was sent round. */
    private static final Duration QUIET = Duration.ofMillis(300);

    /** How long a workload that lives has to say so. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final Duration ASK_AGAIN = Duration.ofSeconds(10);

    private static final String ALIVE = "alive ";

    private final PubSubClient client;
    private final WorkloadTopics topics;
    private final String own;
    private final Consumer<RecordCodec.Kept> claim;
    private final Consumer<RecordCodec.Kept> adopt;
    private final Runnable loaded;
    private final ScheduledThreadPoolExecutor owner;

    /** Records of others, by id. */
    private final Map<String, RecordCodec.Kept> held = new LinkedHashMap<>();

    /** Those that were just declared ours: somebody else may do so as well. */
    private final Map<String, RecordCodec.Kept> claimed = new LinkedHashMap<>();

    private final Map<String, Boolean> asked = new HashMap<>();
    private boolean settled;
    private boolean told;
    private boolean asking;

    /**
     * @param claim writes a record down as ours
     * @param adopt takes it over
     * @param loaded told once all that there was when we came is settled
     */
    Claims(
            PubSubClient client,
            WorkloadTopics topics,
            String own,
            Consumer<RecordCodec.Kept> claim,
            Consumer<RecordCodec.Kept> adopt,
            Runnable loaded) {
        this.claim = claim;
        this.client = client;
        this.topics = topics;
        this.own = own;
        this.adopt = adopt;
        this.loaded = loaded;
        owner = new ScheduledThreadPoolExecutor(
                1, Thread.ofVirtual().name("command-claims").factory());
    }

    void listen() {
        var options =
                SubscribeOptions.of(TopicFilter.exactly(topics.claims(own))).live();
        client.subscribe(options, delivery -> {
            var text = delivery.message().text();
            owner.execute(() -> heard(text));
        });
    }

    private void heard(String text) {
        if (text.startsWith(ALIVE)) {
            asked.replace(text.substring(ALIVE.length()), true);
        } else if (text.matches("[A-Za-z0-9_-]{1,64}") && !text.equals(own)) {
            say(text, ALIVE + own);
        }
    }

    private void say(String to, String text) {
        client.publish(Message.of(topics.claims(to), text)).exceptionally(_ -> null);
    }

    /**
     * A record that is not known here.
     *
     * @param live it was just written, in place of having been there when we came
     */
    void take(RecordCodec.Kept kept, boolean live) {
        owner.execute(() -> {
            var id = kept.command().id();
            if (claimed.containsKey(id)) {
                contested(id, kept);
            } else if (kept.owner().equals(own)) {
                if (!live) {
                    adopt.accept(kept);
                }
            } else if (!kept.owner().matches("[A-Za-z0-9_-]{1,64}")) {
                // Nobody answers under such a name.
                claim.accept(kept);
                adopt.accept(kept);
            } else if (held.size() < MAX_HELD || held.containsKey(id)) {
                held.put(id, kept);
                askSoon();
            }
        });
    }

    private void contested(String id, RecordCodec.Kept kept) {
        if (kept.owner().compareTo(own) < 0) {
            claimed.remove(id);
            held.put(id, kept);
        }
    }

    /** A record was deleted. */
    void gone(String id) {
        owner.execute(() -> {
            held.remove(id);
            claimed.remove(id);
        });
    }

    /** What the server retains has come. */
    void settle() {
        schedule(QUIET, () -> {
            boolean first = !settled;
            settled = true;
            if (first) {
                ask();
            } else {
                askSoon();
            }
        });
    }

    /** What comes later is asked about in its time. */
    private void askSoon() {
        if (settled && !asking) {
            asking = true;
            schedule(told ? ASK_AGAIN : Duration.ZERO, this::ask);
        }
    }

    private void ask() {
        asking = true;
        held.values().stream().map(RecordCodec.Kept::owner).distinct().forEach(other -> {
            asked.put(other, false);
            say(other, own);
        });
        schedule(asked.isEmpty() ? Duration.ZERO : PATIENCE, this::judge);
    }

    /** Who has not answered has gone: what it kept is declared ours, and is ours unless somebody comes before us. */
    private void judge() {
        for (var kept : List.copyOf(held.values())) {
            if (Boolean.FALSE.equals(asked.get(kept.owner()))) {
                held.remove(kept.command().id());
                claimed.put(kept.command().id(), kept);
                claim.accept(kept);
            }
        }
        asked.clear();
        schedule(claimed.isEmpty() ? Duration.ZERO : QUIET, this::adopt);
    }

    private void adopt() {
        claimed.values().forEach(adopt);
        claimed.clear();
        tellLoaded();
        asking = false;
        if (!held.isEmpty()) {
            askSoon();
        }
    }

    private void tellLoaded() {
        if (!told) {
            told = true;
            loaded.run();
        }
    }

    private void schedule(Duration wait, Runnable task) {
        var _ = owner.schedule(task, wait.toMillis(), TimeUnit.MILLISECONDS);
    }
}
