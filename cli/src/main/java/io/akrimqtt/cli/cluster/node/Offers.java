package io.akrimqtt.cli.cluster.node;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/** What device plugins offer a kubelet, and which pod has what of it. Confined to its kubelet. */
final class Offers {

    private static final String PREFIX = "akri.sh/";

    private record Offer(String configuration, List<Boolean> healthy) {}

    private record Slot(String instance, int index) {}

    private final Map<String, Offer> offers = new HashMap<>();
    private final Set<String> named = new HashSet<>();
    private final Map<String, Slot> taken = new HashMap<>();

    void put(String instance, String configuration, List<Boolean> healthy) {
        offers.put(instance, new Offer(configuration, healthy));
    }

    void withdraw(String instance) {
        offers.remove(instance);
    }

    /** Gives a pod the first slot of an Instance that is healthy and that no other pod of this node has. */
    OptionalInt take(String pod, String instance) {
        var offer = offers.get(instance);
        if (offer == null) {
            return OptionalInt.empty();
        }
        for (int i = 0; i < offer.healthy().size(); i++) {
            var slot = new Slot(instance, i);
            if (offer.healthy().get(i) && !taken.containsValue(slot)) {
                taken.put(pod, slot);
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    void free(String pod) {
        taken.remove(pod);
    }

    /** Extended resources of the node; a plugin that ended leaves a 0 behind. */
    Map<String, Integer> resources() {
        var resources = new TreeMap<String, Integer>();
        named.forEach(name -> resources.put(name, 0));
        offers.forEach((instance, offer) -> {
            int healthy = Math.toIntExact(
                    offer.healthy().stream().filter(slot -> slot).count());
            resources.put(PREFIX + instance, healthy);
            resources.merge(PREFIX + offer.configuration(), healthy, Integer::sum);
        });
        named.addAll(resources.keySet());
        return resources;
    }

    /** Forgets the resources whose plugins ended; says which. */
    Set<String> forget() {
        var gone = new HashSet<String>(named);
        offers.forEach((instance, offer) -> {
            gone.remove(PREFIX + instance);
            gone.remove(PREFIX + offer.configuration());
        });
        named.removeAll(gone);
        return gone;
    }
}
