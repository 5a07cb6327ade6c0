package io.akrimqtt.monitor;

import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.client.SessionOptions;
import io.akrimqtt.messaging.mqtt.MqttPubSubClient;
import io.akrimqtt.messaging.trace.Tracing;
import io.akrimqtt.monitor.api.MonitorListener;
import io.akrimqtt.monitor.api.MonitoringService;
import io.akrimqtt.monitor.command.CommandInbox;
import io.akrimqtt.monitor.command.CommandRoute;
import io.akrimqtt.monitor.command.DeviceCommands;
import io.akrimqtt.monitor.command.DeviceRoutes;
import io.akrimqtt.monitor.command.keep.CommandKeeper;
import io.akrimqtt.monitor.command.keep.MemoryKeeper;
import io.akrimqtt.monitor.command.keep.RetainedKeeper;
import io.akrimqtt.monitor.device.MonitorSettings;
import io.akrimqtt.monitor.device.ServerLink;
import io.akrimqtt.monitor.device.ServerLinks;
import io.akrimqtt.monitor.device.SessionFence;
import io.akrimqtt.monitor.observe.Announcement;
import io.akrimqtt.monitor.observe.Announcer;
import io.akrimqtt.monitor.observe.CommandSpans;
import io.akrimqtt.monitor.observe.MonitorMetrics;
import io.akrimqtt.monitor.presence.DevicePresence;
import io.akrimqtt.monitor.telemetry.Interruptions;
import io.akrimqtt.monitor.telemetry.Telemetry;
import io.akrimqtt.monitor.telemetry.TelemetryLimits;
import io.akrimqtt.monitor.telemetry.TelemetrySubscription;
import io.akrimqtt.serving.HttpListener;
import io.akrimqtt.serving.Lifeline;
import io.akrimqtt.serving.MonotonicClock;
import io.akrimqtt.serving.ProcessMetrics;
import io.akrimqtt.serving.Readiness;
import io.akrimqtt.serving.log.ProcessLog;
import io.akrimqtt.tracing.OtlpTracing;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The monitoring broker of one device: the only class that knows all its rooms. */
public final class MonitorMain {

    private static final Logger LOG = LoggerFactory.getLogger(MonitorMain.class);

    private static final String NOT_RETAINED =
            "AKRI_MQTT_RETAIN=no: commands that wait are lost when this workload ends";

    private final MonitorSettings settings;
    private final InstantSource clock = MonotonicClock.start(InstantSource.system());
    private final SecureRandom random = new SecureRandom();

    private MonitorMain(MonitorSettings settings) {
        this.settings = settings;
    }

    public static void main(String[] arguments) throws InterruptedException {
        switch (Arguments.of(List.of(arguments))) {
            case Arguments.Print(var text) -> System.out.print(text);
            case Arguments.Wrong(var text) -> end(2, text);
            case Arguments.Run() -> {
                switch (MonitorSettings.read(System.getenv())) {
                    case MonitorSettings.Result.Valid(var settings) -> new MonitorMain(settings).run();
                    case MonitorSettings.Result.Invalid invalid -> end(2, invalid.text());
                }
            }
        }
    }

    /**
     * What runs, and ends in this order.
     *
     * @param clients connect once everything is in place
     */
    record Parts(
            List<Announcer> announcers,
            DeviceCommands commands,
            List<CommandRoute> routes,
            List<PubSubClient> clients,
            List<AutoCloseable> listeners) {}

    private static void end(int code, String text) {
        System.err.print(text);
        System.exit(code);
    }

    private void run() throws InterruptedException {
        ProcessLog.begin();
        logSettings();
        try {
            var parts = start();
            endWith(new Farewell(parts));
            parts.clients().forEach(PubSubClient::connect);
        } catch (IllegalArgumentException e) {
            end(
                    2,
                    new MonitorSettings.Result.Invalid(List.of("MQTT_CA, MQTT_CERT, MQTT_KEY: " + e.getMessage()))
                            .text());
        } catch (IOException e) {
            end(1, e.getMessage() + " (AKRI_MQTT_GRPC_LISTEN and AKRI_MQTT_HTTP_LISTEN say where)\n");
        }
        Lifeline.hold(settings.lifeline(), System.in, () -> System.exit(0));
        new CountDownLatch(1).await();
    }

    /** Everything, from the MQTT servers to those who ask. */
    private Parts start() throws IOException {
        var limits = TelemetryLimits.DEFAULT.within(Runtime.getRuntime().maxMemory());
        var telemetry = Telemetry.start(limits, clock, random);
        var announcement = new Announcement(settings, clock.instant());
        var announcers = new ArrayList<Announcer>();
        var routes = new ArrayList<CommandRoute>();
        var links = new ArrayList<ServerLink>();
        var presence =
                DevicePresence.start(settings.device(), settings.servers().size(), clock);
        var ways = new DeviceRoutes(settings.device(), clock, random);
        CommandKeeper keeper = new MemoryKeeper("the device takes no commands");
        for (var url : settings.servers()) {
            var link = ServerLink.of(url, client(url, announcement));
            announcers.add(Announcer.of(link.client(), announcement));
            subscribe(link, telemetry);
            var fence = SessionFence.of(link.client(), settings.topics().fence(settings.clientId(url)));
            presence.follow(links.size(), link.client(), fence);
            var route = ways.over(link.client(), settings.clientId(url));
            if (route.isPresent()) {
                keeper = routes.isEmpty() ? keeper(link, fence, route.get()) : keeper;
                routes.add(route.get());
            }
            links.add(link);
        }
        var servers = new ServerLinks(links);
        var metrics = new PrometheusRegistry();
        var tracing = tracing();
        var commands = DeviceCommands.start(
                routes,
                ways.rules(settings.commands()),
                keeper,
                CommandSpans.register(metrics, settings.device().id().value(), tracing),
                settings.device().members(),
                clock,
                random);
        presence.onEach((member, belief) -> commands.reachable(member, belief.reachable(), belief.reason()));
        commands.onAnswer(presence::answered);
        links.forEach(link -> CommandInbox.open(
                link.client(), settings.topics(), commands, settings.access().rules(), clock));
        CommandInbox.resume(links.getFirst().client(), settings.topics(), commands, clock);
        MonitorMetrics.register(metrics, telemetry, commands, servers, presence::now);
        ProcessMetrics.register(metrics, "monitoring-broker", Arguments.version());
        var readiness = Readiness.of("mqtt-server", servers::notReady);
        readiness.register(metrics);
        var http = HttpListener.start(settings.http(), metrics, readiness, List::of);
        var service = new MonitoringService(
                settings.device(),
                servers,
                telemetry,
                commands,
                presence::now,
                settings.access().rules(),
                clock);
        var grpc = MonitorListener.start(settings.grpc(), settings.access(), service, clock);
        tellHealth(servers, grpc);
        return new Parts(
                announcers,
                commands,
                routes,
                links.stream().map(ServerLink::client).toList(),
                present(http, grpc, tracing));
    }

    /** Nothing of it is loaded where nobody asks for it. */
    private Tracing tracing() {
        if (!settings.exportsTraces()) {
            return Tracing.OFF;
        }
        try {
            return OtlpTracing.start("akri-mqtt-monitoring-broker");
        } catch (IllegalArgumentException e) {
            end(2, new MonitorSettings.Result.Invalid(List.of(String.valueOf(e.getMessage()))).text());
            return Tracing.OFF;
        }
    }

    private PubSubClient client(ServerUrl url, Announcement announcement) {
        var session = SessionOptions.persistent(settings.clientId(url), settings.sessionExpiry())
                .withWill(announcement.offline());
        return MqttPubSubClient.create(url, settings.credentials(), settings.tls(), session);
    }

    private void subscribe(ServerLink link, Telemetry telemetry) {
        Interruptions.follow(link.client(), link.url(), telemetry);
        TelemetrySubscription.subscribe(
                        link.client(), settings.device().telemetryFilters(), settings.notTelemetry(), telemetry)
                .forEach(link::needs);
    }

    /** Commands that wait are kept on the first server: one place, so that no two tell different stories. */
    private CommandKeeper keeper(ServerLink link, SessionFence fence, CommandRoute route) {
        if (!settings.commands().retain()) {
            LOG.atWarn().addKeyValue("reason", NOT_RETAINED).log("queue of commands is kept in memory only");
            return new MemoryKeeper(NOT_RETAINED);
        }
        return RetainedKeeper.create(
                link.client(), fence, settings.topics(), settings.clientId(link.url()), route.answers(), clock);
    }

    private static void tellHealth(ServerLinks servers, @Nullable MonitorListener grpc) {
        if (grpc != null) {
            grpc.serving(false);
            servers.onChange(() -> grpc.serving(servers.notReady().isEmpty()));
        }
    }

    private static List<AutoCloseable> present(@Nullable AutoCloseable... parts) {
        return Stream.of(parts)
                .<AutoCloseable>mapMulti((part, keep) -> {
                    if (part != null) {
                        keep.accept(part);
                    }
                })
                .toList();
    }

    private void logSettings() {
        var event = LOG.atInfo();
        for (var setting : settings.effective().entrySet()) {
            event = event.addKeyValue(setting.getKey(), setting.getValue());
        }
        event.log("monitoring broker starts");
    }

    /** Says goodbye on SIGTERM and ends with 0, where the JVM would end with the signal's number. */
    private static void endWith(Farewell farewell) {
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("farewell").unstarted(() -> {
                    farewell.run();
                    Runtime.getRuntime().halt(0);
                }));
    }
}
