package io.akrimqtt.cli.local;

import io.akrimqtt.cli.cluster.node.ApiCounts;
import io.akrimqtt.cli.cluster.scenario.ClusterOptions;
import io.akrimqtt.cli.cluster.scenario.LocalCluster;
import io.akrimqtt.cli.configuration.AkriConfiguration;
import io.akrimqtt.cli.configuration.Manifests;
import io.akrimqtt.cli.output.Event;
import io.akrimqtt.cli.process.ProgramEvent;
import io.akrimqtt.cli.process.RunDirectory;
import io.akrimqtt.cli.process.WorkloadSettings;
import io.akrimqtt.cli.process.Workloads;
import io.akrimqtt.serving.ListenAddress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What finds devices and runs their workloads: a cluster of one or more nodes, its API, a handler for each node. */
final class Discovery implements AutoCloseable {

    /** Akri's and Kubernetes' waits are a tenth here: ten devices start in a second. */
    private static final double SCALE = 0.1;

    private static final Duration LAG = Duration.ofMillis(2);

    private final LocalOptions options;
    private final Programs programs;
    private final RunDirectory directory;
    private final InstantSource clock;
    private final Consumer<Event> events;
    private final Parts parts = new Parts();
    private final LocalCluster cluster;
    private final ServedCluster served;

    /**
     * Where it all goes.
     *
     * @param events is told what happens
     */
    record Surroundings(
            LocalOptions options,
            Programs programs,
            RunDirectory directory,
            InstantSource clock,
            Consumer<Event> events) {}

    private Discovery(Surroundings around, Manifests manifests) throws IOException {
        this.options = around.options();
        this.programs = around.programs();
        this.directory = around.directory();
        this.clock = around.clock();
        this.events = around.events();
        var configurations = Plan.served(manifests);
        var resolution = new Resolution(manifests.data());
        var arrivals = new HandlerArrivals(options.nodeNames(), configurations);
        try {
            var health = new PodHealth();
            var workloads = parts.opened(workloads(configurations, resolution, health));
            this.cluster = parts.opened(cluster(configurations, resolution, workloads, arrivals));
            health.store(cluster.store());
            this.served = parts.opened(ServedCluster.start(cluster, options.nodeNames(), directory.path(), clock));
            for (var node : options.nodeNames()) {
                start(node, arrivals);
            }
            parts.opened(DeviceFeed.start(api(), clock, events));
        } catch (IOException | RuntimeException e) {
            parts.close();
            throw e;
        }
    }

    /** Starts all of it. */
    static Discovery start(Surroundings around, Manifests manifests) throws IOException {
        return new Discovery(around, manifests);
    }

    private Workloads workloads(List<AkriConfiguration> configurations, Resolution resolution, PodHealth health) {
        Map<String, AkriConfiguration> byName =
                configurations.stream().collect(Collectors.toMap(AkriConfiguration::name, Function.identity()));
        return Workloads.start(
                WorkloadSettings.of(programs.workload()),
                directory,
                name -> Optional.ofNullable(byName.get(name)).flatMap(resolution::template),
                (now, event) -> {
                    events.accept(Translation.of(now, event));
                    health.on(event);
                },
                clock);
    }

    private LocalCluster cluster(
            List<AkriConfiguration> configurations,
            Resolution resolution,
            Workloads workloads,
            HandlerArrivals arrivals)
            throws IOException {
        var withPods = configurations.stream()
                .filter(one -> resolution.template(one).isPresent())
                .map(AkriConfiguration::name)
                .collect(Collectors.toSet());
        var pods = new LocalPods(workloads, withPods::contains);
        var wanted = new ClusterOptions(
                directory.path(), options.nodeNames(), options.guard(), SCALE, LAG, resolution::read, pods);
        var started = LocalCluster.start(
                wanted,
                (now, event) -> {
                    Translation.of(now, event).ifPresent(events);
                    pods.on(event);
                    arrivals.on(event);
                },
                clock);
        arrivals.cluster(started);
        return started;
    }

    private void start(String node, HandlerArrivals arrivals) throws IOException {
        var name = node.equals(options.nodeNames().getFirst()) ? "discovery-handler" : "discovery-handler-" + node;
        var place = new Handler.Place(name, node, cluster.sockets(node), socket(node), served.kubeconfig(node));
        parts.opened(Handler.start(programs.handler(), place, directory.logs(), event -> {
            if (event instanceof ProgramEvent.Exited) {
                arrivals.gone(node);
            }
            events.accept(Translation.of(clock.instant(), event));
        }));
    }

    private ListenAddress.UnixSocket socket(String node) {
        int index = options.nodeNames().indexOf(node);
        Path path = directory.path().resolve(index == 0 ? "handler.sock" : "handler-" + (index + 1) + ".sock");
        return new ListenAddress.UnixSocket(path);
    }

    /** Where the first node's handler serves people and tools. */
    ListenAddress.UnixSocket api() {
        return socket(options.nodeNames().getFirst());
    }

    /** Where the handlers of all nodes do. */
    List<ListenAddress.UnixSocket> apis() {
        return options.nodeNames().stream().map(this::socket).toList();
    }

    /** By which people reach the cluster. */
    Path kubeconfig() {
        return served.kubeconfig();
    }

    /** All writes to the API so far. */
    Map<ApiCounts.Sort, Long> writes() {
        return cluster.writes();
    }

    /** Ends the handlers first, the workloads last. */
    @Override
    public void close() {
        parts.close();
    }
}
