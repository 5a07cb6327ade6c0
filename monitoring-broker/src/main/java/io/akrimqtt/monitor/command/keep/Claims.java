package io.akrimqtt.monitor.command.keep;

import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.SubscribeOptions;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.monitor.command.keep.RecordCodec.Kept;
import io.akrimqtt.monitor.device.WorkloadTopics;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Decides who minds which record, and whose records of others we take over: those of workloads that do not answer when they are
 * asked. Several workloads of one device may run at a time, and each minds its own; what others keep is followed as they change
 * it, since what was waiting when we came may be done when they go. One thread owns all of it.
 *
 * <p>Whoever takes a record over writes it in the next term. Of two who both think that they mind one, the later term has it; within a
 * term the lesser client id. A claim counts once it has come back: all that was written before has come by then, so a command that
 * the other one has sent or ended is taken over as such, and the other one, who looks at what has come before it sends, sends
 * nothing after.
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
    private static final String NAME = "[A-Za-z0-9_-]{1,64}";

    /** The records on the server; told on the owner's thread. */
    interface Records {

        /** The term in which we mind the command; 0 where we do not. */
        long term(String id);

        /** Writes a record down as ours in a term; completed when it has come back. */
        CompletableFuture<?> claim(Kept kept, long term);

        /** It is ours from here on. */
        void adopt(Kept kept, long term);

        /** One that we have written has come back. */
        void cameBack(Kept kept);

        /** Another workload has written one that we know. */
        void contested(Kept theirs, boolean lost);

        /** All that there was when we came is settled. Told once. */
        void loaded();
    }

    /** What is about to become ours. */
    private static final class Claim {

        Kept kept;
        final long term;
        boolean back;

        Claim(Kept kept) {
            this.kept = kept;
            this.term = kept.stamp().term() + 1;
        }
    }

    private final PubSubClient client;
    private final WorkloadTopics topics;
    private final String own;
    private final Records records;
    private final ScheduledThreadPoolExecutor owner;

    /** Records of others, by id. */
    private final Map<String, Kept> held = new LinkedHashMap<>();

    private final Map<String, Claim> claimed = new LinkedHashMap<>();
    private final Map<String, Boolean> asked = new HashMap<>();
    private boolean settled;
    private boolean told;
    private boolean asking;

    Claims(PubSubClient client, WorkloadTopics topics, String own, Records records) {
        this.client = client;
        this.topics = topics;
        this.own = own;
        this.records = records;
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
        } else if (text.matches(NAME) && !text.equals(own)) {
            say(text, ALIVE + own);
        }
    }

    private void say(String to, String text) {
        client.publish(Message.of(topics.claims(to), text)).exceptionally(_ -> null);
    }

    /**
     * A record has come, of whomever.
     *
     * @param live it was just written, in place of having been there when we came
     */
    void take(Kept kept, boolean live) {
        owner.execute(() -> sort(kept, live));
    }

    private void sort(Kept kept, boolean live) {
        long term = records.term(kept.id());
        @Nullable Claim claim = claimed.get(kept.id());
        if (kept.owner().equals(own)) {
            ours(kept, live, claim, live || term > 0);
        } else if (term > 0) {
            rival(kept, term);
        } else if (claim != null) {
            contested(kept, claim);
        } else if (kept.owner().matches(NAME)) {
            hold(kept);
        } else {
            // Nobody answers under such a name.
            var _ = records.claim(kept, kept.stamp().term() + 1);
            records.adopt(kept, kept.stamp().term() + 1);
        }
    }

    private void ours(Kept kept, boolean live, @Nullable Claim claim, boolean known) {
        if (claim != null) {
            claim.back |= live && kept.stamp().term() == claim.term;
        } else if (!known) {
            records.adopt(kept, kept.stamp().term());
        }
        if (live) {
            // Else it may have taken the place of another's that was never seen here.
            records.cameBack(kept);
        }
    }

    private void rival(Kept theirs, long term) {
        boolean lost = beats(theirs, term);
        records.contested(theirs, lost);
        if (lost) {
            hold(theirs);
        }
    }

    private boolean beats(Kept theirs, long term) {
        long other = theirs.stamp().term();
        return other > term || (other == term && theirs.owner().compareTo(own) < 0);
    }

    private void contested(Kept theirs, Claim claim) {
        if (beats(theirs, claim.term)) {
            claimed.remove(theirs.id());
            hold(theirs);
            return;
        }
        // Once ours has come back, the other one sends nothing any more, but may have ended it.
        if (!claim.back || theirs.command().outcome() != null) {
            claim.kept = theirs;
        }
        var _ = records.claim(claim.kept, claim.term);
    }

    private void hold(Kept kept) {
        if (kept.command().outcome() != null) {
            records.contested(kept, true);
        }
        if (held.size() < MAX_HELD || held.containsKey(kept.id())) {
            held.put(kept.id(), kept);
            askSoon();
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
        held.values().stream().map(Kept::owner).distinct().forEach(other -> {
            asked.put(other, false);
            say(other, own);
        });
        schedule(asked.isEmpty() ? Duration.ZERO : PATIENCE, this::judge);
    }

    /** Who has not answered has gone: what it kept is declared ours, and is ours unless somebody comes before us. */
    private void judge() {
        var silent = held.values().stream()
                .filter(kept -> Boolean.FALSE.equals(asked.get(kept.owner())))
                .toList();
        silent.forEach(kept -> held.remove(kept.id()));
        asked.clear();
        var all = silent.stream().map(this::claim).toArray(CompletableFuture<?>[]::new);
        var _ = CompletableFuture.allOf(all)
                .whenComplete((_, _) -> schedule(all.length == 0 ? Duration.ZERO : QUIET, this::adopt));
    }

    private CompletableFuture<?> claim(Kept kept) {
        var claim = new Claim(kept);
        claimed.put(kept.id(), claim);
        return records.claim(kept, claim.term);
    }

    private void adopt() {
        List.copyOf(claimed.values()).forEach(claim -> records.adopt(claim.kept, claim.term));
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
            records.loaded();
        }
    }

    private void schedule(Duration wait, Runnable task) {
        var _ = owner.schedule(task, wait.toMillis(), TimeUnit.MILLISECONDS);
    }
}
