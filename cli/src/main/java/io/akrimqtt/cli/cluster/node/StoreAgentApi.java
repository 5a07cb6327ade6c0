package io.akrimqtt.cli.cluster.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.akrimqtt.cli.agent.AgentApi;
import io.akrimqtt.cli.agent.ApiCall;
import io.akrimqtt.cli.agent.ApiRefusedException;
import io.akrimqtt.cli.agent.ConfigurationKey;
import io.akrimqtt.cli.cluster.ApiException;
import io.akrimqtt.cli.cluster.Caller;
import io.akrimqtt.cli.cluster.ObjectStore;
import io.akrimqtt.cli.cluster.Resource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Makes an agent's writes on an object store, with the identity and the field managers of Akri's agent. Thread-safe. */
final class StoreAgentApi implements AgentApi {

    private final ObjectStore store;
    private final String node;
    private final Caller caller;
    private final Set<String> known = ConcurrentHashMap.newKeySet();

    /** @param user the name of the agent's service account */
    StoreAgentApi(ObjectStore store, String node, String user) {
        this.store = store;
        this.node = node;
        this.caller = new Caller(user, node, node, false);
    }

    /** An Instance that is there, by its UID: applying it does not make it. */
    void seen(String uid) {
        known.add(uid);
    }

    void gone(String uid) {
        known.remove(uid);
    }

    @Override
    public Change call(ApiCall call) throws ApiRefusedException {
        try {
            return make(call);
        } catch (ApiException e) {
            throw new ApiRefusedException(e.code(), String.valueOf(e.getMessage()));
        }
    }

    private Change make(ApiCall call) {
        return switch (call) {
            case ApiCall.HoldConfiguration(var key) -> holdConfiguration(key);
            case ApiCall.ReleaseConfiguration(var key) ->
                hold(Resource.CONFIGURATION, key.namespace(), key.name(), List.of());
            case ApiCall.HoldInstance(var view) ->
                hold(Resource.INSTANCE, view.namespace(), view.name(), List.of(node));
            case ApiCall.ReleaseInstance(var view) -> hold(Resource.INSTANCE, view.namespace(), view.name(), List.of());
            case ApiCall.Delete(var view, var _) -> delete(view.namespace(), view.name());
            case ApiCall.Leave(var view, var _) ->
                apply(view.namespace(), view.name(), InstanceObjects.left(view), caller);
            case ApiCall.Apply(var configuration, var instance) ->
                apply(
                        configuration.namespace(),
                        instance.name(),
                        InstanceObjects.applied(configuration, instance),
                        caller);
            case ApiCall.Claim(var namespace, var name, var slots) ->
                apply(namespace, name, InstanceObjects.claimed(name, slots), caller.as("dp-" + node));
        };
    }

    private Change holdConfiguration(ConfigurationKey key) {
        var held = store.get(Resource.CONFIGURATION, key.namespace(), key.name());
        if (InstanceObjects.list(held.path("metadata").path("finalizers")).contains(node)) {
            return Change.SAME;
        }
        return hold(Resource.CONFIGURATION, key.namespace(), key.name(), List.of(node));
    }

    /** Nothing is held any more of what is not there. */
    private Change hold(Resource resource, String namespace, String name, List<String> finalizers) {
        try {
            store.apply(
                    resource,
                    namespace,
                    name,
                    InstanceObjects.held(resource, name, finalizers),
                    false,
                    caller.as(node + "-fin"));
            return Change.CHANGED;
        } catch (ApiException e) {
            if (finalizers.isEmpty() && (e.code() == 404 || e.code() == 422)) {
                return Change.SAME;
            }
            throw e;
        }
    }

    private Change delete(String namespace, String name) {
        store.delete(Resource.INSTANCE, namespace, name, "", "", caller);
        return Change.CHANGED;
    }

    private Change apply(String namespace, String name, ObjectNode object, Caller by) {
        var result = store.apply(Resource.INSTANCE, namespace, name, object, false, by);
        return known.add(result.path("metadata").path("uid").asText()) ? Change.CREATED : Change.SAME;
    }
}
