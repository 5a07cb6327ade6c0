package io.akrimqtt.dispatcher;

import io.akrimqtt.dispatcher.observe.DispatcherMetrics;
import io.akrimqtt.dispatcher.routes.Route;
import io.akrimqtt.dispatcher.routes.Routers;
import io.akrimqtt.messaging.client.PayloadCodec;
import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.SessionOptions;
import io.akrimqtt.messaging.dispatch.CommandDispatcher;
import io.akrimqtt.messaging.dispatch.CommandRouter;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.mqtt.MqttPubSubClient;
import io.akrimqtt.serving.HttpListener;
import io.akrimqtt.serving.Lifeline;
import io.akrimqtt.serving.ProcessMetrics;
import io.akrimqtt.serving.Readiness;
import io.akrimqtt.serving.log.ProcessLog;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes commands from MQTT to where its file of routes says. The only class that knows all of it. */
public final class DispatcherMain {

    private static final Logger LOG = LoggerFactory.getLogger(DispatcherMain.class);

    private static final String USAGE = """
        usage: java -jar akri-mqtt-dispatcher.jar, with settings as environment variables

          AKRI_MQTT_ROUTES          file of routes (required)
          MQTT_SERVER_URL           such as tcp://host:1883 or ssl://host:8883 (required)
          MQTT_CLIENT_ID            stable and unique (akri-mqtt-dispatcher-<HOSTNAME>)
          MQTT_USERNAME, MQTT_PASSWORD, MQTT_CA, MQTT_CERT, MQTT_KEY, or the same with _FILE
          AKRI_MQTT_SESSION_EXPIRY  how long the server keeps commands while we are away (1h)
          AKRI_MQTT_HTTP_LISTEN     /livez, /readyz, /metrics: host:port or off (127.0.0.1:8080)
          AKRI_MQTT_LOG_FORMAT      text or json (text); AKRI_MQTT_LOG_LEVEL (info)
        """;

    private DispatcherMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        if (arguments.length > 0) {
            boolean help = List.of(arguments).contains("--help");
            end(help ? 0 : 2, USAGE);
        }
        switch (DispatcherSettings.read(System.getenv())) {
            case DispatcherSettings.Result.Invalid invalid -> end(2, invalid.text());
            case DispatcherSettings.Result.Valid(var settings) -> run(settings);
        }
    }

    private static void end(int code, String text) {
        (code == 0 ? System.out : System.err).print(text);
        System.exit(code);
    }

    private static void run(DispatcherSettings settings) throws InterruptedException {
        ProcessLog.begin();
        LOG.atInfo().addKeyValue("settings", settings.effective()).log("dispatcher starts");
        var http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
        var client = MqttPubSubClient.create(
                settings.server(),
                settings.credentials(),
                settings.tls(),
                SessionOptions.persistent(settings.clientId(), settings.sessionExpiry()));
        var registry = new PrometheusRegistry();
        var metrics = DispatcherMetrics.in(registry);
        var routers = new Routers(http, client, InstantSource.system());
        var dispatcher = dispatch(settings.routes(), route -> metrics.counted(routers.of(route)), client);
        metrics.register(dispatcher, client, settings.server().toString());
        ProcessMetrics.register(registry, "dispatcher", version());
        var readiness = Readiness.of(
                "mqtt-server", () -> client.connected() ? List.of() : List.of("not connected to the MQTT server"));
        readiness.register(registry);
        try {
            var listener = HttpListener.start(settings.http(), registry, readiness, dispatcher::problems);
            Runtime.getRuntime()
                    .addShutdownHook(Thread.ofPlatform().name("farewell").unstarted(() -> {
                        dispatcher.close();
                        client.close();
                        if (listener != null) {
                            listener.close();
                        }
                    }));
        } catch (IOException e) {
            end(1, e.getMessage() + " (AKRI_MQTT_HTTP_LISTEN says where)\n");
        }
        client.connect();
        Lifeline.hold(settings.lifeline(), System.in, () -> System.exit(0));
        new CountDownLatch(1).await();
    }

    /** A command is acknowledged once its target has answered: one that a crash has cut short comes again. */
    static CommandDispatcher<Message> dispatch(
            List<Route> routes, Function<Route, CommandRouter<Message>> routers, PubSubClient client) {
        return CommandDispatcher.start(
                client, PayloadCodec.NONE, of(routes, false, routers), of(routes, true, routers), true);
    }

    private static List<CommandRouter<Message>> of(
            List<Route> routes, boolean observers, Function<Route, CommandRouter<Message>> routers) {
        return routes.stream()
                .filter(route -> route.observer() == observers)
                .map(routers)
                .toList();
    }

    private static String version() {
        @Nullable String version = DispatcherMain.class.getPackage().getImplementationVersion();
        return version == null ? "unpackaged" : version;
    }
}
