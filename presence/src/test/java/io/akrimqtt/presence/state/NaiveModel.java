package io.akrimqtt.presence.state;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The rules for one device on some servers, written down a second time and as plainly as possible: whole seconds, no timers, no
 * indexes; whoever asks goes through everything. Independent of the real thing on purpose: written from what the rules say, not
 * from the code that it checks.
 *
 * <p>Covered: farewells with grace, verification and veto on MQTT 5 and 3.1.1; settling; revival; silence, asked for and not;
 * sleep with and without an end; removal; reconnects with a queue and a snapshot; servers that are away; doubt after a lost
 * session; the merge of servers; what is listed; flap damping; complete audits; a restart of ours, which is to be like a mere loss of
 * all connections.
 *
 * <p>Not covered, so checked by named tests alone: gateways, refused filters, flap damping over a restart of ours, automatic silence, several
 * status topics of one device, readings that are incomplete or in whose middle something comes live, verifications without an
 * answer, evidence and its texts. Where the rules leave a choice in what a reconnect comes to, this follows the core; there it guards
 * against a change, and proves nothing.
 */
final class NaiveModel {

    /** So close to a birth, on MQTT 3.1.1, a retained online speaks against an offline word. */
    static final int BIRTH_NEARBY = 60;

    private static final int FLAP_CHANGES = 5;
    private static final int FLAP_WINDOW = 600;
    private static final int CALM = 120;
    private static final int LONGEST_FLAP = 1800;

    /** All in seconds; zero silence and sleep timeouts are none. */
    record Rules(
            int grace,
            int settle,
            int silence,
            boolean silenceWritten,
            int serverGrace,
            int probation,
            int sleepTimeout,
            boolean damping) {}

    private final Rules rules;
    private final List<NaiveWord> words;
    private final List<Integer> changes = new ArrayList<>();
    private @Nullable Presence presence;
    private @Nullable Boolean there;
    private boolean listed;
    private boolean flapping;
    private int flapsSince;
    private int now;

    NaiveModel(Rules rules, int servers) {
        this.rules = rules;
        this.words =
                IntStream.range(0, servers).mapToObj(_ -> new NaiveWord(rules)).toList();
    }

    void live(int server, Said said, Published published) {
        words.get(server).live(said, published, listed, now);
        look();
    }

    void down(int server) {
        words.get(server).down(now);
        look();
    }

    void killed() {
        words.forEach(word -> word.killed(now));
        look();
    }

    void up(int server, Session session, List<Said> queue, @Nullable Said retained) {
        words.get(server).up(session, queue, retained, listed, now);
        look();
    }

    /** What is retained was read again, all of it. */
    void audit(int server, @Nullable Said retained) {
        words.get(server).audit(retained, listed, now);
        look();
    }

    /** What is due in this second happens; the next one begins with {@link #next}. */
    void second(List<@Nullable Said> retained) {
        if (flapping && (now >= changes.getLast() + CALM || now >= flapsSince + LONGEST_FLAP)) {
            flapping = false;
            list();
        }
        // Of what happens in one second, the loss of a server comes first: it takes nothing off.
        words.forEach(word -> word.lose(now));
        look();
        for (int server = 0; server < words.size(); server++) {
            words.get(server).second(retained.get(server), now);
            look();
        }
    }

    void next() {
        now++;
    }

    private void look() {
        @Nullable Presence best = null;
        for (var word : words) {
            @Nullable Presence one = word.counts();
            best = best == null || (one != null && rank(one) > rank(best)) ? one : best;
        }
        if (best == null) {
            presence = null;
            there = null;
            listed = false;
            flapping = false;
            changes.clear();
        } else if (best != presence) {
            presence = best;
            flap(best);
            list();
        }
    }

    private static int rank(Presence presence) {
        return List.of(Presence.OFFLINE, Presence.UNKNOWN, Presence.SLEEPING, Presence.ONLINE)
                .indexOf(presence);
    }

    private void flap(Presence is) {
        if (is == Presence.UNKNOWN) {
            return;
        }
        boolean was = there != null && there;
        boolean known = there != null;
        there = is != Presence.OFFLINE;
        if (!known || was == there) {
            return;
        }
        changes.add(now);
        long recent = changes.stream().filter(at -> now < at + FLAP_WINDOW).count();
        if (rules.damping() && !flapping && recent >= FLAP_CHANGES) {
            flapping = true;
            flapsSince = now;
        }
    }

    private void list() {
        boolean shown = presence == Presence.ONLINE || presence == Presence.SLEEPING;
        listed = flapping || shown || (presence == Presence.UNKNOWN && listed);
    }

    /** What is believed; empty text for a device that nobody knows. */
    String belief() {
        return presence == null ? "" : presence + (listed ? " listed" : "") + (flapping ? " flapping" : "");
    }
}
