package io.akrimqtt.handler;

import io.akrimqtt.handler.akri.AgentRegistration;
import io.akrimqtt.handler.akri.DiscoveryListener;
import io.akrimqtt.handler.akri.HandlerSocket;
import io.akrimqtt.handler.akri.RegistrationTimes;
import io.akrimqtt.handler.api.DevicesService;
import io.akrimqtt.handler.api.PlacementService;
import io.akrimqtt.handler.journal.Journal;
import io.akrimqtt.handler.journal.Tenure;
import io.akrimqtt.handler.journal.WatchJournal;
import io.akrimqtt.handler.kubernetes.Kubernetes;
import io.akrimqtt.handler.observe.Arrival;
import io.akrimqtt.handler.observe.HandlerHealth;
import io.akrimqtt.handler.observe.HandlerMetrics;
import io.akrimqtt.handler.observe.KubernetesMetrics;
import io.akrimqtt.handler.observe.StreamMetrics;
import io.akrimqtt.handler.report.ReportTimes;
import io.akrimqtt.handler.report.Reporting;
import io.akrimqtt.handler.report.WatchFactory;
import io.akrimqtt.handler.watch.MqttDeviceWatch;
import io.akrimqtt.handler.watch.WatchSettings;
import io.akrimqtt.messaging.mqtt.MqttPubSubClient;
import io.akrimqtt.serving.Environment;
import io.akrimqtt.serving.GrpcListener;
import io.akrimqtt.serving.HealthFollower;
import io.akrimqtt.serving.HttpListener;
import io.akrimqtt.serving.Lifeline;
import io.akrimqtt.serving.MonotonicClock;
import io.akrimqtt.serving.ProcessMetrics;
import io.akrimqtt.serving.log.ProcessLog;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The discovery handler: settings, clock, rooms, start, and an end in the right order. */
public final class HandlerMain {

    /** How long a process that has handed over waits for its successor before it ends; well within 30 s, after which it is killed. */
    private static final Duration SUCCESSOR = Duration.ofSeconds(10);

    /** How often it is looked whether the handler is ready. */
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private HandlerMain() {}

    /** Runs until a signal or the end of its lifeline. */
    public static void main(String[] args) throws InterruptedException {
        if (args.length > 0) {
            System.exit(option(args));
        }
        var environment = new Environment(System.getenv());
        var settings = HandlerSettings.read(environment, host());
        if (!environment.problems().isEmpty()) {
            System.err.println("invalid settings:");
            environment.problems().forEach(problem -> System.err.println("  " + problem));
            System.exit(2);
        }
        ProcessLog.begin();
        var log = LoggerFactory.getLogger(HandlerMain.class);
        log.atInfo()
                .addKeyValue("version", version())
                .addKeyValue("settings", environment.effective())
                .log("discovery handler starts");
        try {
            start(settings, log);
        } catch (IOException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
        new CountDownLatch(1).await();
    }

    private static void start(HandlerSettings settings, Logger log) throws IOException, InterruptedException {
        var clock = MonotonicClock.start(InstantSource.system());
        var tenure = Tenure.start(
                settings.directory().resolve("akri-mqtt-" + settings.name() + ".tenure"), InstantSource.system());
        @Nullable
        Journal journal = settings.journal().isPresent()
                ? Journal.start(settings.journal().get(), InstantSource.system())
                : null;
        var reporting = Reporting.start(watches(settings, clock, journal), ReportTimes.DEFAULT, clock);
        tenure.hands(() -> handOver(reporting, journal), () -> takeBack(reporting, journal));
        HandlerSocket.removeStale(settings.directory(), settings.name(), Instant.now());
        var discovery = DiscoveryListener.start(settings.directory(), settings.name(), reporting);
        var agent = AgentRegistration.of(
                settings.directory().resolve(AgentRegistration.AGENT_SOCKET),
                settings.name(),
                discovery.socket(),
                RegistrationTimes.DEFAULT,
                clock);
        @Nullable
        Kubernetes kubernetes = Kubernetes.start(
                settings.kubernetes(),
                new Kubernetes.Who(settings.node(), settings.name()),
                reporting,
                new Kubernetes.Tie(agent::registeredAt, tenure::newest),
                new Kubernetes.Clocks(clock, InstantSource.system()),
                new SecureRandom());
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform()
                        .name("stop")
                        .unstarted(() -> stop(discovery, agent, kubernetes, reporting, journal, tenure, log)));

        @Nullable
        GrpcListener api = GrpcListener.start(
                settings.grpc(),
                List.of(new DevicesService(reporting), new PlacementService(reporting, kubernetes, clock)));
        var arrival = Arrival.start(
                new Arrival.Sources(
                        tenure::newest,
                        agent::registeredAt,
                        discovery::streams,
                        () -> kubernetes == null ? OptionalInt.empty() : kubernetes.configurations()),
                clock,
                tenure::arrived);
        var health = new HandlerHealth(
                reporting,
                agent::registered,
                discovery::reachable,
                () -> journal == null ? "" : journal.problem(),
                () -> kubernetes == null ? List.of() : kubernetes.problems(),
                arrival::missing);
        @Nullable
        HttpListener http = observed(settings, reporting, discovery, agent, kubernetes, tenure, arrival, health);
        HealthFollower.start(health.readiness(), LOOK_EVERY, ready -> {
            if (api != null) {
                api.serving(ready);
            }
        });
        agent.start();
        Lifeline.hold(settings.lifeline(), System.in, () -> System.exit(0));
        log.atInfo()
                .addKeyValue("socket", discovery.socket())
                .addKeyValue("grpc", api == null ? "off" : api.address())
                .addKeyValue("http", http == null ? "off" : http.port())
                .log("discovery handler runs");
    }

    private static @Nullable HttpListener observed(
            HandlerSettings settings,
            Reporting reporting,
            DiscoveryListener discovery,
            AgentRegistration agent,
            @Nullable Kubernetes kubernetes,
            Tenure tenure,
            Arrival arrival,
            HandlerHealth health)
            throws IOException {
        var registry = new PrometheusRegistry();
        var sources = new HandlerMetrics.Sources(agent::registered, agent::registrations, discovery::refused);
        HandlerMetrics.register(registry, reporting, sources);
        StreamMetrics.register(
                registry,
                discovery::streams,
                tenure::newest,
                () -> arrival.missing().isEmpty());
        if (kubernetes != null) {
            KubernetesMetrics.register(registry, kubernetes, reporting);
        }
        health.register(registry);
        ProcessMetrics.register(registry, "discovery-handler", version());
        return HttpListener.start(settings.http(), registry, health.readiness(), health::problems);
    }

    /** To another handler of this node, which goes on with our sessions. */
    private static void handOver(Reporting reporting, @Nullable Journal journal) {
        reporting.freeze();
        if (journal != null) {
            journal.handOver();
        }
    }

    /** From one that has died. */
    private static void takeBack(Reporting reporting, @Nullable Journal journal) {
        if (journal != null) {
            journal.takeBack();
        }
        reporting.thaw();
    }

    /**
     * One that has handed over keeps its streams until its successor has given its first lists. Then nobody can connect any more,
     * nothing more is sent; the streams end with the process (Akri contract, trap 1).
     */
    private static void stop(
            DiscoveryListener discovery,
            AgentRegistration agent,
            @Nullable Kubernetes kubernetes,
            Reporting reporting,
            @Nullable Journal journal,
            Tenure tenure,
            Logger log) {
        awaitSuccessor(tenure, log);
        discovery.stopListening();
        agent.close();
        if (kubernetes != null) {
            kubernetes.close();
        }
        reporting.close();
        if (journal != null) {
            journal.close();
        }
        tenure.close();
        log.atInfo().log("discovery handler ends");
    }

    private static void awaitSuccessor(Tenure tenure, Logger log) {
        try {
            if (!tenure.leave(SUCCESSOR)) {
                log.atWarn().log("the handler that has taken over has not given its first lists: ending all the same");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static WatchFactory watches(HandlerSettings settings, MonotonicClock clock, @Nullable Journal journal) {
        var owner = settings.node() + " " + settings.name();
        return (key, name) -> MqttDeviceWatch.start(
                new WatchSettings(key.details(), key.secrets(), owner, name),
                MqttPubSubClient::create,
                clock,
                journal == null ? WatchJournal.NONE : journal.part(name));
    }

    private static int option(String[] args) throws InterruptedException {
        if (args.length == 1 && args[0].equals("--help")) {
            System.out.print(HandlerSettings.HELP);
            return 0;
        }
        if (args.length == 1 && args[0].equals("--version")) {
            System.out.println("akri-mqtt discovery-handler " + version());
            return 0;
        }
        if (args.length == 2 && args[0].equals("--ready")) {
            var answer = ReadyQuestion.ask(args[1]);
            System.out.println(answer.text());
            return answer.ready() ? 0 : 1;
        }
        System.err.println(
                "unknown option: '" + String.join(" ", args) + "' (expected: --help, --version or --ready URL)");
        return 2;
    }

    private static String version() {
        @Nullable String version = HandlerMain.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }

    private static String host() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException _) {
            return InetAddress.getLoopbackAddress().getHostName();
        }
    }
}
