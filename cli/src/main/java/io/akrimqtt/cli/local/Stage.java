package io.akrimqtt.cli.local;

import io.akrimqtt.cli.cluster.scenario.ClusterOptions;
import io.akrimqtt.cli.cluster.scenario.LocalCluster;
import io.akrimqtt.cli.configuration.AkriConfiguration;
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
import io.akrimqtt.cli.process.WorkloadSettings;
import io.akrimqtt.cli.process.Workloads;
import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.serving.ListenAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All parts of a run, started in order and ended in reverse. The place that knows them all. */
final class Stage implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Stage.class);

    /** What the demonstration asks a device to do. */
    static final String COMMAND = "identify";

    private static final String MONITOR_MAIN = "io.akrimqtt.monitor.MonitorMain";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** Akri's and Kubernetes' waits are a tenth here: ten devices start in a second. */
    private static final double SCALE = 0.1;

    private static final Duration LAG = Duration.ofMillis(2);

    private final LocalOptions options;
    private final Programs programs;
    private final InstantSource clock;
    private final Consumer<Event> events;
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final RunDirectory directory;
    private Manifests manifests;
    private @Nullable ServerUrl url;
    private @Nullable Devices devices;

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
        var server = opened(EmbeddedServer.start(
                options.mqttPort(), folder, directory.logs().resolve("mqtt-server.log")));
        url = server.url();
        manifests = options.sample() ? Plan.sample(options, server.url()) : manifests;
        if (options.simulated() > 0) {
            devices = opened(
                    Devices.start(options.simulated(), server.url(), programs.simulator(), directory.logs(), this::on));
        }
    }

    /** Starts what finds them, and their workloads. */
    void discover() throws LocalRunException {
        if (url != null && options.simulated() > 0) {
            Births.await(url, options.simulated(), PATIENCE);
        }
        try {
            discover(new Resolution(manifests.data()));
        } catch (IOException e) {
            throw cannot(e);
        }
    }

    private void discover(Resolution resolution) throws IOException {
        var served = Plan.served(manifests);
        var api = new ListenAddress.UnixSocket(directory.path().resolve("handler.sock"));
        Map<String, AkriConfiguration> byName =
                served.stream().collect(Collectors.toMap(AkriConfiguration::name, Function.identity()));
        var workloads = opened(Workloads.start(
                WorkloadSettings.ofFolder(programs.monitor(), MONITOR_MAIN),
                directory,
                name -> Optional.ofNullable(byName.get(name)).flatMap(resolution::template),
                (now, event) -> events.accept(Translation.of(now, event)),
                clock));
        var cluster = opened(cluster(served, resolution, workloads));
        opened(Handler.start(
                programs.handler(), cluster.sockets(options.node()), api, options.node(), directory.logs(), this::on));
        opened(DeviceFeed.start(api, clock, events));
        directory.write(new RunState(ProcessHandle.current().pid(), api.toString(), urls(), options.node()));
        parts.push(directory::end);
    }

    /** One node, the guard in force, its API server in this process: {@code cluster.store()} is what a REST server would serve. */
    private LocalCluster cluster(List<AkriConfiguration> served, Resolution resolution, Workloads workloads)
            throws IOException {
        var withPods = served.stream()
                .filter(one -> resolution.template(one).isPresent())
                .map(AkriConfiguration::name)
                .collect(Collectors.toSet());
        var pods = new LocalPods(workloads, withPods::contains);
        var reaction = new AgentReaction(served);
        var wanted =
                new ClusterOptions(directory.path(), List.of(options.node()), true, SCALE, LAG, resolution::read, pods);
        var cluster = LocalCluster.start(
                wanted,
                (now, event) -> {
                    Translation.of(now, event).ifPresent(events);
                    pods.on(event);
                    reaction.on(event);
                },
                clock);
        reaction.cluster(cluster);
        return cluster;
    }

    private List<String> urls() {
        return url == null ? List.of() : List.of(url.toString());
    }

    private void on(ProgramEvent event) {
        events.accept(Translation.of(clock.instant(), event));
    }

    private <T extends AutoCloseable> T opened(T part) {
        parts.push(part);
        return part;
    }

    /** The embedded MQTT server's address; empty where there is none. */
    String serverUrl() {
        return url == null ? "" : url.toString();
    }

    /** What runs, in words. */
    String description() {
        var server = url == null ? "no MQTT server of its own" : "an embedded MQTT server";
        return server + ", " + options.simulated() + " simulated devices; Ctrl-C stops it";
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

    /** Sends the demonstration's command; its states come as events. */
    void invoke(String device) {
        Thread.ofVirtual().name("demo-command").start(() -> {
            try {
                var instance = RunInspector.open(options.directory()).instance(device);
                new Invocation(COMMAND, "", "", PATIENCE, false).send(instance, clock, events);
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
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                LOG.atWarn().addKeyValue("error", e.toString()).log("a part of the run did not end well");
            }
        }
    }
}
