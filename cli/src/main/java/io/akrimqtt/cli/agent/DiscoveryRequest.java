package io.akrimqtt.cli.agent;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a Configuration asked for: its details are those of the moment in which it was made. Confined to its core.
 *
 * @see <a href="https://github.com/project-akri/akri">DHRequestImpl in Akri's discovery_handler_registry.rs</a>
 */
final class DiscoveryRequest {

    /** How many registrations wait at most while one is being asked; the oldest is lost (tokio's broadcast channel). */
    private static final int MAX_ANNOUNCED = 10;

    /** Whose reconcile made it, and is told of its changes. */
    final TrackedConfiguration owner;

    final String handler;
    final String details;
    final DiscoveryProperties properties;

    /** All that were asked when the request was made, and later ones once they answered. */
    final List<DiscoverStream> streams = new ArrayList<>();

    /** Those of the first ones that have not answered. */
    final Set<DiscoverStream> unanswered = new HashSet<>();

    /** The one that is being asked since its handler registered; until it answers, this request looks at nothing else. */
    @Nullable
    DiscoverStream additional;

    /** Of the latest lists, until something changes. */
    private @Nullable Set<String> hashes;

    private final Deque<Endpoint> announced = new ArrayDeque<>();

    DiscoveryRequest(TrackedConfiguration owner) {
        var configuration = owner.desired;
        this.owner = owner;
        this.handler = configuration.handlerName();
        this.details = configuration.discoveryDetails();
        this.properties = configuration.discoveryProperties();
    }

    /** The latest lists of all streams, one after the other; those that ended are in until they were looked at. */
    List<ReportedDevice> devices() {
        return streams.stream().flatMap(stream -> stream.devices.stream()).toList();
    }

    /** Whether a device with that hash is in the latest lists. */
    boolean lists(String hash, String node) {
        return hashes(node).contains(hash);
    }

    private Set<String> hashes(String node) {
        var known = hashes;
        if (known == null) {
            known = devices().stream()
                    .map(device -> DeviceHash.of(device.id(), device.shared(), node))
                    .collect(Collectors.toSet());
            hashes = known;
        }
        return known;
    }

    void announce(Endpoint endpoint) {
        if (announced.size() == MAX_ANNOUNCED) {
            announced.remove();
        }
        announced.add(endpoint);
    }

    @Nullable
    Endpoint nextAnnounced() {
        return announced.poll();
    }

    /** Takes out ended streams; says whether anything changed since the last look. */
    boolean look() {
        hashes = null;
        boolean changed = streams.removeIf(stream -> stream.ended);
        for (var stream : streams) {
            changed |= stream.changed;
            stream.changed = false;
        }
        return changed;
    }
}
