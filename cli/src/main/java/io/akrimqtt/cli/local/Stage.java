package io.akrimqtt.cli.local;

import io.akrimqtt.cli.configuration.Manifests;
import io.akrimqtt.cli.inspect.InspectException;
import io.akrimqtt.cli.inspect.Invocation;
import io.akrimqtt.cli.inspect.RunInspector;
import io.akrimqtt.cli.output.Event;
import io.akrimqtt.cli.output.EventType;
import io.akrimqtt.cli.output.Field;
import io.akrimqtt.cli.process.ProgramEvent;
import io.akrimqtt.cli.process.RunDirectory;
import io.akrimqtt.cli.process.RunState;
import io.akrimqtt.messaging.client.ServerUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All parts of a run, started in order and ended in reverse. The place that knows them all. */
final class Stage implements AutoCloseable {

    /** What the demonstration asks a device to do. */
    static final String COMMAND = "identify";

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final LocalOptions options;
    private final Programs programs;
    private final InstantSource clock;
    private final Consumer<Event> events;
    private final Parts parts = new Parts();
    private final RunDirectory directory;
    private Manifests manifests;
    private @Nullable ServerUrl url;
    private @Nullable Devices devices;
    private @Nullable Discovery discovery;

    private Stage(
            LocalOptions options,
            Programs programs,
            RunDirectory directory,
            Manifests manifests,
            InstantSource clock,
            Consumer<Event> events) {
        this.options = options;
        this.programs = programs;
        this.directory = directory;
        this.manifests = manifests;
        this.clock = clock;
        this.events = events;
    }

    /** Starts what the devices need, and the simulated ones. */
    static Stage set(
            LocalOptions options, Programs programs, Manifests manifests, InstantSource clock, Consumer<Event> events)
            throws LocalRunException {
        try {
            var directory = RunDirectory.create(options.directory());
            var stage = new Stage(options, programs, directory, manifests, clock, events);
            return started(stage);
        } catch (IOException e) {
            throw cannot(e);
        }
    }

    private static Stage started(Stage stage) throws IOException, LocalRunException {
        try {
            stage.start();
            return stage;
        } catch (IOException | LocalRunException | RuntimeException e) {
            stage.close();
            throw e;
        }
    }

    private static LocalRunException cannot(IOException e) {
        return new LocalRunException("the run cannot start: " + e.getMessage(), e);
    }

    private void start() throws IOException, LocalRunException {
        if (!options.embeddedServer()) {
            return;
        }
        var folder = Files.createDirectories(directory.path().resolve("mqtt"));
        var server = parts.opened(EmbeddedServer.start(
                options.mqttPort(), folder, directory.logs().resolve("mqtt-server.log")));
        url = server.url();
        manifests = options.sample() ? Plan.sample(options, server.url()) : manifests;
        if (options.simulated() > 0) {
            devices = parts.opened(
                    Devices.start(options.simulated(), server.url(), programs.simulator(), directory.logs(), this::on));
        }
    }

    /** Starts what finds them, and their workloads. */
    void discover() throws LocalRunException {
        if (url != null && options.simulated() > 0) {
            Births.await(url, options.simulated(), PATIENCE);
        }
        try {
            var around = new Discovery.Surroundings(options, programs, directory, clock, events);
            var started = parts.opened(Discovery.start(around, manifests));
            directory.write(new RunState(
                    ProcessHandle.current().pid(),
                    started.api().toString(),
                    urls(),
                    options.nodeNames().getFirst(),
                    started.apis().stream().map(Object::toString).toList()));
            parts.opened(directory::end);
            discovery = started;
        } catch (IOException e) {
            throw cannot(e);
        }
    }

    private List<String> urls() {
        return url == null ? List.of() : List.of(url.toString());
    }

    private void on(ProgramEvent event) {
        events.accept(Translation.of(clock.instant(), event));
    }

    /** The embedded MQTT server's address; empty where there is none. */
    String serverUrl() {
        return url == null ? "" : url.toString();
    }

    /** What runs, in words. */
    String description() {
        var server = url == null ? "no MQTT server of its own" : "an embedded MQTT server";
        var nodes = options.nodes() == 1 ? "" : ", " + options.nodes() + " nodes";
        return server + ", " + options.simulated() + " simulated devices" + nodes + "; Ctrl-C stops it";
    }

    /** What becomes of each Configuration. */
    List<Event> announcements(Instant now) {
        var all = new ArrayList<Event>();
        Plan.served(manifests)
                .forEach(one -> all.add(Event.of(EventType.CONFIGURATION_APPLIED, now)
                        .with(Field.CONFIGURATION, one.name())
                        .with(Field.TEXT, "from " + one.file())));
        Plan.ignored(manifests)
                .forEach(one -> all.add(Event.of(EventType.CONFIGURATION_IGNORED, now)
                        .with(Field.CONFIGURATION, one.name())
                        .with(Field.TEXT, "no handler '" + one.handlerName() + "' runs here, only mqtt")));
        return all;
    }

    /** How people reach the cluster, once it is there. */
    List<Event> served(Instant now) {
        if (discovery == null) {
            return List.of();
        }
        var file = discovery.kubeconfig().toString();
        return List.of(Event.of(EventType.CLUSTER_STARTED, now)
                .with(Field.FILE, file)
                .with(Field.GUARD, options.guard())
                .with(Field.TEXT, "kubectl --kubeconfig " + file + " get akric,akrii,pods"));
    }

    /** What was written to the cluster's API, by whom. */
    List<Event> writes(Instant now) {
        return discovery == null ? List.of() : ApiWrites.events(discovery.writes(), now);
    }

    /** Sends the demonstration's command; its states come as events. */
    void invoke(String device) {
        Thread.ofVirtual().name("demo-command").start(() -> {
            try {
                var workload = RunInspector.open(options.directory()).workload(device);
                new Invocation(COMMAND, PATIENCE).send(workload, clock, events);
            } catch (InspectException e) {
                events.accept(Event.of(EventType.COMMAND_FINISHED, clock.instant())
                        .with(Field.DEVICE, device)
                        .with(Field.COMMAND, COMMAND)
                        .with(Field.STATE, "FAILED")
                        .with(Field.TEXT, e.getMessage()));
            }
        });
    }

    /** Kills the device that dies in the story. */
    void killDevice() {
        if (devices != null) {
            devices.kill();
        }
    }

    /** Ends the parts, the last one first: processes before the MQTT server. */
    @Override
    public void close() {
        parts.close();
    }
}
