package io.akrimqtt.cli.cluster.node;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.akrimqtt.cli.agent.AgentListener;
import io.akrimqtt.cli.agent.Allocation;
import io.akrimqtt.cli.agent.ConfigurationKey;
import io.akrimqtt.cli.agent.LocalAgent;
import io.akrimqtt.cli.agent.PluginListener;
import io.akrimqtt.cli.cluster.ObjectStore;
import io.akrimqtt.cli.cluster.ObjectStore.Change;
import io.akrimqtt.cli.cluster.ObjectStore.Changed;
import io.akrimqtt.cli.cluster.Resource;
import java.io.IOException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One life of an agent: it watches Instances and Configurations as Akri's does. As long as any Configuration cannot be parsed at its
 * start it reads none at all; one that turns up later is passed over. Thread-safe.
 */
final class AgentProcess implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AgentProcess.class);

    private final LocalAgent agent;
    private final StoreAgentApi api;
    private final ReferencedData data;
    private final ObjectStore store;
    private final NodeSettings settings;
    private final List<Informer> informers = new CopyOnWriteArrayList<>();

    /** These belong to the Configurations' informer. */
    private final Map<String, ObjectNode> known = new LinkedHashMap<>();

    private boolean complete;

    private boolean reading;
    private volatile boolean ended;

    private AgentProcess(
            LocalAgent agent, StoreAgentApi api, ReferencedData data, ObjectStore store, NodeSettings settings) {
        this.agent = agent;
        this.api = api;
        this.data = data;
        this.store = store;
        this.settings = settings;
    }

    static AgentProcess start(
            NodeSettings settings,
            ObjectStore store,
            ReferencedData data,
            PluginListener kubelet,
            AgentListener listener,
            InstantSource clock)
            throws IOException {
        var api = new StoreAgentApi(store, settings.name(), settings.agentUser());
        var agent = LocalAgent.start(settings.agent(), api, kubelet, listener, clock);
        var process = new AgentProcess(agent, api, data, store, settings);
        process.watch();
        return process;
    }

    private void watch() {
        informers.add(
                Informer.start(store, Resource.INSTANCE, settings.lag(), this::instance, this::watchConfigurations));
    }

    private void watchConfigurations() {
        if (ended) {
            return;
        }
        informers.add(Informer.start(
                store, Resource.CONFIGURATION, settings.lag(), this::configuration, this::configurationsComplete));
    }

    private void instance(Changed changed) {
        var view = InstanceObjects.view(changed.object());
        if (changed.change() == Change.DELETED) {
            api.gone(view.uid());
            agent.gone(view.namespace(), view.name());
        } else {
            api.seen(view.uid());
            agent.seen(view);
        }
    }

    private void configurationsComplete() {
        complete = true;
        readIfAllCanBe();
    }

    private void configuration(Changed changed) {
        if (reading) {
            tell(changed);
            return;
        }
        if (changed.change() == Change.DELETED) {
            known.remove(Pods.uid(changed.object()));
        } else {
            known.put(Pods.uid(changed.object()), changed.object());
        }
        if (complete) {
            readIfAllCanBe();
        }
    }

    private void readIfAllCanBe() {
        var bad = known.values().stream()
                .filter(object -> ConfigurationObjects.parse(object, data).isEmpty())
                .findAny();
        if (bad.isPresent()) {
            LOG.atWarn()
                    .addKeyValue("node", settings.name())
                    .addKeyValue(
                            "configuration",
                            bad.get().path("metadata").path("name").asText())
                    .log("a Configuration cannot be parsed, so the agent reads none");
            return;
        }
        reading = true;
        known.values().forEach(object -> tell(new Changed(Change.ADDED, object)));
        known.clear();
    }

    private void tell(Changed changed) {
        if (changed.change() == Change.DELETED) {
            return;
        }
        var object = changed.object();
        if (object.path("metadata").hasNonNull("deletionTimestamp")) {
            terminate(object);
        } else {
            ConfigurationObjects.parse(object, data).ifPresent(agent::apply);
        }
    }

    private void terminate(ObjectNode object) {
        var meta = object.path("metadata");
        if (InstanceObjects.list(meta.path("finalizers")).contains(settings.name())) {
            agent.delete(new ConfigurationKey(
                    meta.path("namespace").asText(), meta.path("name").asText()));
        }
    }

    void allocate(String instance, int slot, Consumer<Allocation> answer) {
        agent.allocate(instance, slot, answer);
    }

    void pause(boolean cut) {
        informers.forEach(informer -> informer.pause(cut));
    }

    /** As of SIGKILL; the socket stays and refuses. */
    void kill() throws IOException {
        ended = true;
        informers.forEach(Informer::close);
        agent.kill();
    }

    @Override
    public void close() {
        ended = true;
        informers.forEach(Informer::close);
        agent.close();
    }
}
