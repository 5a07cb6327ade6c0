package io.akrimqtt.handler.placement;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Highest random weight: every node computes the same order of nodes for a name, without talking to another one. A node that comes
 * takes only what falls to it, one that goes gives up only what it had. The same in every process, whatever the JVM.
 *
 * @see <a href="https://en.wikipedia.org/wiki/Rendezvous_hashing">Rendezvous hashing</a>
 */
public final class Rendezvous {

    private static final long FNV_OFFSET = 0xcbf29ce484222325L;
    private static final long FNV_PRIME = 0x100000001b3L;
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private Rendezvous() {}

    /**
     * The node that a name falls to.
     *
     * @param nodes at least one, in any order
     */
    public static String winner(String name, Collection<String> nodes) {
        return nodes.stream().min(byWeight(name)).orElseThrow();
    }

    /** All nodes, the one that a name falls to first. */
    public static List<String> order(String name, Collection<String> nodes) {
        return nodes.stream().sorted(byWeight(name)).toList();
    }

    /** A number from 0 to below {@code most} that is always the same for a name, and evenly spread over names. */
    public static int spread(String name, int most) {
        return (int) Long.remainderUnsigned(hash(name), most);
    }

    private static Comparator<String> byWeight(String name) {
        long hash = hash(name);
        return Comparator.<String, Long>comparing(node -> weight(hash, node), (a, b) -> Long.compareUnsigned(b, a))
                .thenComparing(Comparator.naturalOrder());
    }

    static long weight(long name, String node) {
        return mix(name ^ mix(hash(node) + GOLDEN));
    }

    /** FNV-1a over the bytes of UTF-8, which tells texts apart, and a mix after it, which spreads them. */
    static long hash(String text) {
        long hash = FNV_OFFSET;
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ (each & 0xff)) * FNV_PRIME;
        }
        return mix(hash);
    }

    /** The finalizer of SplitMix64: each bit of the input turns each bit of the output in half of all cases. */
    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }
}
