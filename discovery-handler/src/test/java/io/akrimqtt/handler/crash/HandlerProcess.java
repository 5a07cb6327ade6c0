package io.akrimqtt.handler.crash;

import static io.akrimqtt.messaging.testing.Patience.await;

import io.akrimqtt.handler.HandlerMain;
import io.akrimqtt.handler.akri.DiscoverCall;
import io.akrimqtt.handler.akri.FakeAgent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A discovery handler in a process of its own, called as Akri's agent calls it. */
final class HandlerProcess implements AutoCloseable {

    private final Process process;
    private final Path socket;
    private @Nullable DiscoverCall discover;

    private HandlerProcess(Process process, Path socket) {
        this.process = process;
        this.socket = socket;
    }

    /**
     * Starts one, waits until it has registered, and calls Discover.
     *
     * @param folder the sockets', the journal's and the log's
     */
    static HandlerProcess start(FakeAgent agent, Path folder, String details) throws IOException {
        return start(agent, folder, details, Map.of());
    }

    /** Starts one with further settings. */
    static HandlerProcess start(FakeAgent agent, Path folder, String details, Map<String, String> settings)
            throws IOException {
        var handler = silent(agent, folder, settings);
        handler.discover(details);
        return handler;
    }

    /** Starts one and calls no Discover. */
    static HandlerProcess silent(FakeAgent agent, Path folder, Map<String, String> settings) throws IOException {
        int before = agent.registrations().size();
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var builder = new ProcessBuilder(
                java,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx192m",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-Dlogback.configurationFile=logback.xml",
                "-cp",
                System.getProperty("java.class.path"),
                HandlerMain.class.getName());
        var log = folder.resolve("handler.log").toFile();
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.appendTo(log));
        builder.environment().put("DISCOVERY_HANDLERS_DIRECTORY", folder.toString());
        builder.environment().put("AKRI_MQTT_NODE_NAME", "crash");
        builder.environment().put("AKRI_MQTT_GRPC_LISTEN", "off");
        builder.environment().put("AKRI_MQTT_HTTP_LISTEN", "off");
        builder.environment().putAll(settings);
        var process = builder.start();
        await().until(() -> agent.registrations().size() > before || !process.isAlive());
        if (!process.isAlive()) {
            throw new AssertionError("the handler ended: " + Files.readString(log.toPath()));
        }
        var socket = Path.of(agent.registrations().getLast().getEndpoint());
        return new HandlerProcess(process, socket);
    }

    /** Calls Discover. */
    void discover(String details) {
        discover = DiscoverCall.open(socket, details);
    }

    private DiscoverCall discover() {
        return Objects.requireNonNull(discover, "discover");
    }

    /** How long after its headers the first list came. */
    Duration firstListAfter() {
        return discover().firstListAfter();
    }

    /** Tells it to end, and does not wait for it. */
    void interrupt() {
        process.destroy();
    }

    /** Whether the process lives. */
    boolean lives() {
        return process.isAlive();
    }

    boolean reported() {
        return !discover().lists().isEmpty();
    }

    Set<String> first() {
        return Set.copyOf(discover().lists().getFirst());
    }

    Set<String> latest() {
        List<List<String>> lists = discover().lists();
        return lists.isEmpty() ? Set.of() : Set.copyOf(lists.getLast());
    }

    /** All lists that it has sent, of which none may lack anybody who was there throughout. */
    List<Set<String>> lists() {
        return discover().lists().stream().map(Set::copyOf).toList();
    }

    /** Asks it with other details, too. */
    DiscoverCall ask(String details) {
        return DiscoverCall.open(socket, details);
    }

    /** Whether its stream lives. */
    boolean serves() {
        return discover().closed() == null;
    }

    /** Where it listens. */
    Path socket() {
        return socket;
    }

    /** Ends it as Kubernetes does. */
    void terminate() {
        process.destroy();
        process.onExit().join();
        hangUp();
    }

    private void hangUp() {
        if (discover != null) {
            discover.close();
        }
    }

    /** Ends it without a word. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
        hangUp();
    }

    @Override
    public void close() {
        kill();
    }
}
