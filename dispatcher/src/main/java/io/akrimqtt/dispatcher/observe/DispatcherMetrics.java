package io.akrimqtt.dispatcher.observe;

import io.akrimqtt.messaging.client.ConnectionEvent;
import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.dispatch.CommandDispatcher;
import io.akrimqtt.messaging.dispatch.CommandRouter;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.serving.ReadMetrics;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** The metrics. Labels are the MQTT server and the filters of the file of routes, never topics. Thread-safe. */
public final class DispatcherMetrics {

    private final PrometheusRegistry registry;
    private final Counter routed;

    private DispatcherMetrics(PrometheusRegistry registry) {
        this.registry = registry;
        this.routed = Counter.builder()
                .withoutExemplars()
                .name("akri_mqtt_dispatcher_routed_total")
                .help("Messages that a route took, by what came of them.")
                .labelNames("route", "result")
                .register(registry);
    }

    /** Starts with a registry, once for each. */
    public static DispatcherMetrics in(PrometheusRegistry registry) {
        return new DispatcherMetrics(registry);
    }

    /** The same router, counted. */
    public CommandRouter<Message> counted(CommandRouter<Message> router) {
        return CountedRouter.of(router, routed);
    }

    /** Adds the rest, before the client connects. */
    public void register(CommandDispatcher<Message> dispatcher, PubSubClient client, String server) {
        var read = ReadMetrics.into(registry);
        read.counter("akri_mqtt_dispatcher_unrouted_total", "Messages that no route took.", dispatcher::unrouted);
        read.counter(
                "akri_mqtt_dispatcher_refused_total", "Messages refused since too many waited.", dispatcher::refused);
        read.counter(
                "akri_mqtt_dispatcher_unreadable_total", "Messages that could not be read.", dispatcher::undecodable);
        GaugeWithCallback.builder()
                .name("akri_mqtt_server_connected")
                .help("1 where the MQTT server has accepted our connection.")
                .labelNames("server")
                .callback(callback -> callback.call(client.connected() ? 1 : 0, server))
                .register(registry);
        var connections = Counter.builder()
                .withoutExemplars()
                .name("akri_mqtt_server_connections_total")
                .help("Connections that the MQTT server has accepted.")
                .labelNames("server")
                .register(registry)
                .labelValues(server);
        client.onConnection(event -> {
            if (event instanceof ConnectionEvent.Connected) {
                connections.inc();
            }
        });
    }
}
