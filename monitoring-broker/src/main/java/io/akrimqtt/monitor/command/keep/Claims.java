package io.akrimqtt.monitor.command.keep;

import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.SubscribeOptions;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.monitor.device.WorkloadTopics;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Decides whose records of others we take over: those of workloads that do not answer when they are asked. Several workloads of
 * one device may run at a time, and each minds its own. One thread owns all of it.
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
    private final Consumer<RecordCodec.Kept> adopt;
    private final Runnable loaded;
    private final ScheduledThreadPoolExecutor owner;

    /** Records of others by their workload, then by id. */
    private final Map<String, Map<String, RecordCodec.Kept>> held = new HashMap<>();

    private final Map<String, Boolean> asked = new HashMap<>();
    private boolean settled;
    private boolean told;

    Claims(PubSubClient client, WorkloadTopics topics, String own, Consumer<RecordCodec.Kept> adopt, Runnable loaded) {
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

    /** A record that is not known here. */
    void take(RecordCodec.Kept kept) {
        owner.execute(() -> {
            if (kept.owner().equals(own) || !kept.owner().matches("[A-Za-z0-9_-]{1,64}")) {
                adopt.accept(kept);
            } else if (held.values().stream().mapToInt(Map::size).sum() < MAX_HELD) {
                held.computeIfAbsent(kept.owner(), _ -> new LinkedHashMap<>())
                        .put(kept.command().id(), kept);
                if (settled) {
                    ask();
                }
            }
        });
    }

    /** What the server retains has come. */
    void settle() {
        schedule(QUIET, () -> {
            settled = true;
            ask();
        });
    }

    private void ask() {
        boolean waits = false;
        for (var other : held.keySet()) {
            if (asked.putIfAbsent(other, false) == null) {
                say(other, own);
                waits = true;
            }
        }
        if (waits) {
            schedule(PATIENCE, this::judge);
        } else if (asked.isEmpty()) {
            tellLoaded();
        }
    }

    private void judge() {
        asked.forEach((other, alive) -> {
            var records = alive ? null : held.remove(other);
            if (records != null) {
                records.values().forEach(adopt);
            }
        });
        asked.clear();
        tellLoaded();
        if (!held.isEmpty()) {
            schedule(ASK_AGAIN, this::ask);
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
