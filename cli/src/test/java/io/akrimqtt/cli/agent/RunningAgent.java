package io.akrimqtt.cli.agent;

import static org.awaitility.Awaitility.await;

import io.akrimqtt.proto.akri.v0.RegisterDiscoveryHandlerRequest.EndpointType;
import io.akrimqtt.serving.MonotonicClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.core.ThrowingRunnable;

/** A local agent in a directory of its own, all of its events, and handlers beside it. */
final class RunningAgent implements AutoCloseable {

    final List<AgentEvent> events = new CopyOnWriteArrayList<>();
    final Path directory;
    final LocalAgentSettings settings;
    final LocalAgent agent;
    private final List<TestHandler> handlers = Collections.synchronizedList(new ArrayList<>());

    private RunningAgent(Duration firstRetry) throws IOException {
        this.directory = Files.createTempDirectory("agent");
        this.settings = new LocalAgentSettings(directory, "node-a", firstRetry);
        var feed = new CompletableFuture<LocalAgent>();
        var api = new TestApi(
                view -> feed.join().seen(view), (namespace, name) -> feed.join().gone(namespace, name));
        this.agent = LocalAgent.start(
                settings,
                api,
                PluginListener.NONE,
                (_, event) -> events.add(event),
                MonotonicClock.start(InstantSource.system()));
        feed.complete(agent);
    }

    /** Retries so late that no test lives to see it. */
    static RunningAgent patient() throws IOException {
        return new RunningAgent(Duration.ofHours(1));
    }

    static RunningAgent retryingAfter(Duration first) throws IOException {
        return new RunningAgent(first);
    }

    /** A handler at {@code <name>.sock}, not registered. */
    TestHandler handler(String name, TestHandler.Behaviour behaviour) throws IOException {
        var handler = TestHandler.at(directory.resolve(name + ".sock"), behaviour);
        handlers.add(handler);
        return handler;
    }

    /** A handler that registered under its own name. */
    TestHandler registered(String name, TestHandler.Behaviour behaviour) throws IOException {
        var handler = handler(name, behaviour);
        register(name);
        return handler;
    }

    void register(String name) {
        register(name, name);
    }

    /** Registers the handler at {@code <file>.sock} under a name. */
    void register(String name, String file) {
        TestHandler.register(
                settings.socket(), name, directory.resolve(file + ".sock").toString(), EndpointType.UDS);
    }

    /** Applies a Configuration of the handler of that name. */
    void apply(String configuration, String handler) {
        agent.apply(new AgentConfiguration(configuration, handler, "details", Map::of, 1, Map.of()));
    }

    List<String> devices() {
        return agent.instances().stream().map(Instance::deviceId).sorted().toList();
    }

    <T extends AgentEvent> List<T> told(Class<T> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    static void eventually(ThrowingRunnable assertion) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(10))
                .untilAsserted(assertion);
    }

    @Override
    public void close() throws IOException {
        agent.close();
        handlers.forEach(TestHandler::close);
        try (var files = Files.list(directory)) {
            for (var file : files.toList()) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(directory);
    }
}
