package io.akrimqtt.handler.kubernetes;

import io.akrimqtt.handler.caretaker.Action.Correct;
import io.akrimqtt.handler.caretaker.Action.DeleteInstance;
import io.akrimqtt.handler.caretaker.Action.HandSlotOver;
import io.akrimqtt.handler.caretaker.Action.LabelDevice;
import io.akrimqtt.handler.caretaker.Action.ProbeGuard;
import io.akrimqtt.handler.caretaker.Action.Release;
import io.akrimqtt.handler.caretaker.Action.TakeFinalizersOff;
import io.akrimqtt.handler.caretaker.Action.TakeNodesOff;
import io.akrimqtt.handler.caretaker.Action.TakeReleaseOff;
import io.akrimqtt.handler.caretaker.Action.TouchConfiguration;
import io.akrimqtt.handler.caretaker.Action.TouchInstance;
import io.akrimqtt.handler.caretaker.Action.Write;
import io.akrimqtt.handler.cluster.ConfigurationState;
import io.akrimqtt.handler.cluster.InstanceState;
import io.akrimqtt.handler.cluster.ObjectRef;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One call that carries out a write. Every call names the UID that was read, so that it never meets an object of the same name that
 * was made since.
 *
 * @param kind of the object
 * @param how what the call is
 * @param body a JSON object
 */
record WriteCall(Kind kind, ObjectRef object, How how, Map<String, Object> body) {

    /** The ways of writing. */
    sealed interface How {
        /** A JSON merge patch. */
        record Merge(boolean dryRun) implements How {}

        /** A forced server-side apply. */
        record Apply(String manager) implements How {}

        /** A deletion; the body are its options. */
        record Delete() implements How {}
    }

    /** For metrics. */
    String verb() {
        return how instanceof How.Delete ? "delete" : "patch";
    }

    /**
     * The call for a write; empty where the object is not as it was read any more, so that what is to be left cannot be told.
     *
     * @param instances Instances as they are now, by their UID
     */
    static Optional<WriteCall> of(Write write, Function<String, Optional<InstanceState>> instances, Instant now) {
        return switch (write) {
            case Release(var object, var node, var _) ->
                annotate(object, InstanceState.RELEASED + node, now.toString());
            case TakeReleaseOff(var object, var node, var _) -> annotate(object, InstanceState.RELEASED + node, null);
            case TouchInstance(var object, var _) -> annotate(object, ConfigurationState.TOUCHED, now.toString());
            case TouchConfiguration(var object, var _) ->
                Optional.of(new WriteCall(
                        Kind.CONFIGURATION,
                        object,
                        new How.Merge(false),
                        annotations(object, ConfigurationState.TOUCHED, now.toString())));
            case LabelDevice(var object, var value, var _) ->
                merge(object, Map.of("metadata", meta(object, "labels", Map.of(InstanceState.DEVICE_LABEL, value))));
            case Correct correct -> correct(correct);
            case HandSlotOver hand -> handOver(hand);
            case DeleteInstance(var object, var _) ->
                Optional.of(new WriteCall(Kind.INSTANCE, object, new How.Delete(), deletion(object)));
            case TakeFinalizersOff(var object, var finalizers, var _) ->
                same(instances, object)
                        .map(state -> without(state.finalizers(), finalizers))
                        .flatMap(left -> merge(object, Map.of("metadata", asRead(object, "finalizers", left))));
            case TakeNodesOff(var object, var nodes, var _) ->
                same(instances, object)
                        .map(state -> without(state.nodes(), nodes))
                        .flatMap(left ->
                                merge(object, Map.of("metadata", asRead(object), "spec", Map.of("nodes", left))));
            case ProbeGuard(var object, var node, var _) -> probe(object, node, instances);
        };
    }

    private static Optional<WriteCall> annotate(ObjectRef object, String key, @Nullable String value) {
        return merge(object, annotations(object, key, value));
    }

    private static Map<String, Object> annotations(ObjectRef object, String key, @Nullable String value) {
        var annotation = new HashMap<String, @Nullable Object>();
        annotation.put(key, value);
        return Map.of("metadata", meta(object, "annotations", annotation));
    }

    private static Optional<WriteCall> correct(Correct correct) {
        var spec = new LinkedHashMap<String, Object>();
        if (!correct.properties().isEmpty()) {
            spec.put("brokerProperties", correct.properties());
        }
        if (correct.capacity() > 0) {
            spec.put("capacity", correct.capacity());
        }
        var object = correct.object();
        return merge(object, Map.of("metadata", Map.of("uid", object.uid()), "spec", spec));
    }

    /** The manager's whole set, or the slots that it holds already would be given up. */
    private static Optional<WriteCall> handOver(HandSlotOver hand) {
        var object = hand.object();
        var metadata = new LinkedHashMap<String, Object>(asRead(object));
        metadata.put("name", object.name());
        metadata.put("namespace", object.namespace());
        var body = Map.<String, Object>of(
                "apiVersion",
                Kind.INSTANCE.apiVersion(),
                "kind",
                Kind.INSTANCE.kind(),
                "metadata",
                metadata,
                "spec",
                Map.of("deviceUsage", hand.usage()));
        return Optional.of(new WriteCall(Kind.INSTANCE, object, new How.Apply("dp-" + hand.node()), body));
    }

    private static Map<String, Object> deletion(ObjectRef object) {
        return Map.of(
                "apiVersion",
                "v1",
                "kind",
                "DeleteOptions",
                "propagationPolicy",
                "Background",
                "preconditions",
                asRead(object));
    }

    /** Without the resourceVersion: an Instance that is written to all the time is as good a probe. */
    private static Optional<WriteCall> probe(
            ObjectRef object, String node, Function<String, Optional<InstanceState>> instances) {
        return instances
                .apply(object.uid())
                .filter(state -> state.nodes().contains(node))
                .map(state -> without(state.nodes(), Set.of(node)))
                .map(left -> new WriteCall(
                        Kind.INSTANCE,
                        object,
                        new How.Merge(true),
                        Map.of("metadata", Map.of("uid", object.uid()), "spec", Map.of("nodes", left))));
    }

    private static Optional<InstanceState> same(Function<String, Optional<InstanceState>> instances, ObjectRef object) {
        return instances.apply(object.uid()).filter(state -> state.ref().equals(object));
    }

    private static Optional<WriteCall> merge(ObjectRef object, Map<String, Object> body) {
        return Optional.of(new WriteCall(Kind.INSTANCE, object, new How.Merge(false), body));
    }

    private static Map<String, Object> meta(ObjectRef object, String key, Map<String, ?> value) {
        return Map.of("uid", object.uid(), key, value);
    }

    private static Map<String, Object> asRead(ObjectRef object) {
        return Map.of("uid", object.uid(), "resourceVersion", object.resourceVersion());
    }

    private static Map<String, Object> asRead(ObjectRef object, String key, Object value) {
        var metadata = new LinkedHashMap<String, Object>(asRead(object));
        metadata.put(key, value);
        return metadata;
    }

    private static List<String> without(Collection<String> all, Set<String> off) {
        return all.stream().filter(each -> !off.contains(each)).toList();
    }
}
