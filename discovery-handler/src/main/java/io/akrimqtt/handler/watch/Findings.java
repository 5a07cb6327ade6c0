package io.akrimqtt.handler.watch;

import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.presence.state.Said;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What the passes of one reading have found, and whether another pass is wanted: one pass may be short where a server's queue
 * overflows, so two in a row must add nothing. {@link #add} is thread-safe, the rest confined to the reader.
 */
final class Findings {

    private static final int IDLE_PASSES = 2;

    /** The same where the server says that it retains more than came. */
    private static final int IDLE_PASSES_WHEN_SHORT = 4;

    /** A reading that adds something for so long is taken as incomplete. */
    private static final int MAX_PASSES = 100;

    /** Topics that are remembered; beyond, messages are told but prove no completeness. */
    private static final int MAX_TOPICS = 1_000_000;

    /** What a server retains of its own that does not come through our filters; Mosquitto has 53. */
    private static final int OWN_TOPICS = 80;

    private final boolean everything;
    private final Map<String, Said> seen = new ConcurrentHashMap<>();
    private final AtomicBoolean added = new AtomicBoolean();
    private SystemFacts facts = SystemFacts.NONE;
    private boolean refused;
    private int passes;
    private int idle;

    Findings(List<TopicFilter> filters) {
        everything = filters.stream().map(TopicFilter::value).anyMatch(each -> each.equals("#") || each.equals("+/#"));
    }

    boolean wanting() {
        return idle < (shorter() ? IDLE_PASSES_WHEN_SHORT : IDLE_PASSES) && passes < MAX_PASSES;
    }

    void begin() {
        passes++;
        added.set(false);
    }

    /** Notes what a topic says; tells whether that is new. */
    boolean add(String topic, Said said) {
        if (seen.size() >= MAX_TOPICS && !seen.containsKey(topic)) {
            return true;
        }
        var before = seen.put(topic, said);
        if (before == null) {
            added.set(true);
        }
        return before != said;
    }

    /**
     * A pass came to its end.
     *
     * @param partly whether the server refused any of the filters
     */
    void end(SystemFacts told, boolean partly) {
        refused |= partly;
        idle = added.get() ? 0 : idle + 1;
        facts = told;
    }

    /** Whether what was not found is surely not there. */
    boolean complete() {
        return idle >= IDLE_PASSES && seen.size() < MAX_TOPICS && !refused && !shorter();
    }

    /** Whether the server retains more than came, as far as one can tell: only where the filters cover everything. */
    private boolean shorter() {
        OptionalLong retained = facts.retained();
        return everything && retained.isPresent() && seen.size() + OWN_TOPICS < retained.getAsLong();
    }

    /** What the server told of itself in the latest pass. */
    SystemFacts facts() {
        return facts;
    }
}
