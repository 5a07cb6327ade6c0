package io.akrimqtt.handler.watch;

import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.presence.state.Said;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What the passes of one reading have found, and whether another pass is wanted. A server whose queue overflows for a reader
 * that is too slow sends a part only, often the same one again, so a pass that adds nothing proves something only where it
 * brought all that was found before, or exactly what the pass before it brought. Two such passes in a row end a reading.
 * {@link #add} is called by one thread at a time, the rest by the reader.
 */
final class Findings {

    private static final int IDLE_PASSES = 2;

    /** The same where the server says that it retains more than came. */
    private static final int IDLE_PASSES_WHEN_SHORT = 4;

    /** So many passes that add nothing and prove nothing end a reading as incomplete. */
    private static final int SHORT_PASSES = 10;

    /** A reading that adds something for so long is taken as incomplete. */
    private static final int MAX_PASSES = 100;

    /** Topics that are remembered; beyond, messages are told but prove no completeness. */
    private static final int MAX_TOPICS = 1_000_000;

    /** What a server retains of its own that does not come through our filters; Mosquitto has 53. */
    private static final int OWN_TOPICS = 80;

    private final boolean everything;
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();
    private volatile Pass pass = new Pass(false, 0, 0);
    private Pass before = pass;
    private SystemFacts facts = SystemFacts.NONE;
    private boolean refused;
    private int passes;
    private int idle;
    private int shortOnes;

    private record Seen(Said said, int pass) {}

    /** What one pass brought: whether anything new, how many topics, and which, as a sum of their hashes. */
    private record Pass(boolean added, int count, long sum) {
        Pass with(String topic, boolean first) {
            return new Pass(added || first, count + 1, sum + topic.hashCode() * 0x9E3779B97F4A7C15L);
        }
    }

    Findings(List<TopicFilter> filters) {
        everything = filters.stream().map(TopicFilter::value).anyMatch(each -> each.equals("#") || each.equals("+/#"));
    }

    boolean wanting() {
        return idle < (shorter() ? IDLE_PASSES_WHEN_SHORT : IDLE_PASSES)
                && shortOnes < SHORT_PASSES
                && passes < MAX_PASSES;
    }

    void begin() {
        passes++;
        before = pass;
        pass = new Pass(false, 0, 0);
    }

    /** Notes what a topic says; tells whether that is new. */
    boolean add(String topic, Said said) {
        if (seen.size() >= MAX_TOPICS && !seen.containsKey(topic)) {
            return true;
        }
        @Nullable Seen known = seen.put(topic, new Seen(said, passes));
        if (known == null || known.pass() != passes) {
            pass = pass.with(topic, known == null);
        }
        return known == null || known.said() != said;
    }

    /**
     * A pass came to its end.
     *
     * @param partly whether the server refused any of the filters
     */
    void end(SystemFacts told, boolean partly) {
        refused |= partly;
        boolean proof = pass.count() == seen.size() || pass.equals(before);
        idle = pass.added() ? 0 : proof ? idle + 1 : idle;
        shortOnes = pass.added() || proof ? 0 : shortOnes + 1;
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
