package io.akrimqtt.samples.consumer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Follows the workloads that a name stands for: each as long as the name stands for it. One that ends is called again with the next look.
 * Thread-safe.
 */
final class Consumer implements AutoCloseable {

    /** Further ones are not followed; that is said each time. */
    private static final int MOST = 1000;

    private final Supplier<List<String>> addresses;
    private final int port;
    private final java.util.function.Consumer<String> out;
    private final Map<String, Following> followed = new HashMap<>();

    /**
     * Follows nobody yet.
     *
     * @param addresses whom the name stands for now
     * @param out is given a line for each message
     */
    Consumer(Supplier<List<String>> addresses, int port, java.util.function.Consumer<String> out) {
        this.addresses = addresses;
        this.port = port;
        this.out = out;
    }

    /** Looks once: begins to follow who is new or has ended, leaves who is gone. */
    synchronized void look() {
        var now = new LinkedHashSet<>(addresses.get());
        for (var address : new ArrayList<>(followed.keySet())) {
            var following = followed.get(address);
            if (following != null && (!now.contains(address) || following.ended())) {
                followed.remove(address);
                following.close();
            }
        }
        for (var address : now) {
            if (followed.size() >= MOST && !followed.containsKey(address)) {
                out.accept("--- more than " + MOST + " workloads: " + address + " is not followed");
                return;
            }
            followed.computeIfAbsent(address, each -> Following.begin(each, port, out));
        }
    }

    @Override
    public synchronized void close() {
        followed.values().forEach(Following::close);
        followed.clear();
    }
}
