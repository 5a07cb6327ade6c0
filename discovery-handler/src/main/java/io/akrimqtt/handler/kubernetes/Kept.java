package io.akrimqtt.handler.kubernetes;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is kept of all objects of one kind, by namespace and name. An object that cannot be read is left out and told once.
 * Thread-safe; written by one watch.
 *
 * @param <T> what is kept of one
 */
final class Kept<T> {

    private static final Logger LOG = LoggerFactory.getLogger(Kept.class);

    /** How many unreadable objects are remembered as told; when there are more, all are told again. */
    private static final int MAX_TOLD = 1000;

    private final Kind kind;
    private final Function<GenericKubernetesResource, T> reading;
    private final Map<String, T> values = new ConcurrentHashMap<>();
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    Kept(Kind kind, Function<GenericKubernetesResource, T> reading) {
        this.kind = kind;
        this.reading = reading;
    }

    /** Takes an object as it is now, and tells its key. */
    String put(GenericKubernetesResource resource) {
        var key = key(resource);
        try {
            values.put(key, reading.apply(resource));
            told.remove(key);
        } catch (MalformedObject e) {
            values.remove(key);
            tell(key, String.valueOf(e.getMessage()));
        }
        return key;
    }

    private void tell(String key, String reason) {
        if (told.size() >= MAX_TOLD) {
            told.clear();
        }
        if (told.add(key)) {
            LOG.atWarn()
                    .addKeyValue(LogKey.KIND, kind.title())
                    .addKeyValue(LogKey.OBJECT, key)
                    .addKeyValue(LogKey.REASON, reason)
                    .log("an object cannot be read and is left out");
        }
    }

    void remove(GenericKubernetesResource resource) {
        values.remove(key(resource));
        told.remove(key(resource));
    }

    /** Forgets all but these. */
    void retain(Set<String> keys) {
        values.keySet().retainAll(keys);
        told.retainAll(keys);
    }

    List<T> values() {
        return List.copyOf(values.values());
    }

    private static String key(GenericKubernetesResource resource) {
        var ref = Reading.ref(resource);
        return ref.namespace() + "/" + ref.name();
    }
}
