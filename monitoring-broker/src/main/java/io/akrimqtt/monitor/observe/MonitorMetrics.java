package io.akrimqtt.monitor.observe;

import io.akrimqtt.messaging.client.ConnectionEvent;
import io.akrimqtt.monitor.command.DeviceCommands;
import io.akrimqtt.monitor.command.life.CommandState;
import io.akrimqtt.monitor.device.ServerLinks;
import io.akrimqtt.monitor.presence.DeviceBelief;
import io.akrimqtt.monitor.telemetry.Telemetry;
import io.akrimqtt.monitor.telemetry.TelemetryCounters;
import io.akrimqtt.monitor.telemetry.TelemetryCounters.Drop;
import io.akrimqtt.presence.state.Presence;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** The metrics, read from their owners when somebody asks. */
public final class MonitorMetrics {

    /** States that may be a command's last. */
    private static final List<CommandState> ENDS = List.of(
            CommandState.PUBLISHED,
            CommandState.SUCCEEDED,
            CommandState.FAILED,
            CommandState.REJECTED,
            CommandState.TIMED_OUT,
            CommandState.EXPIRED,
            CommandState.CANCELLED);

    private final PrometheusRegistry registry;

    private MonitorMetrics(PrometheusRegistry registry) {
        this.registry = registry;
    }

    /** Adds all metrics of a workload to a registry. */
    public static void register(
            PrometheusRegistry registry,
            Telemetry telemetry,
            DeviceCommands commands,
            ServerLinks servers,
            Supplier<DeviceBelief> presence) {
        var metrics = new MonitorMetrics(registry);
        metrics.telemetry(telemetry);
        metrics.commands(commands);
        metrics.servers(servers);
        metrics.presence(presence);
    }

    private void telemetry(Telemetry telemetry) {
        TelemetryCounters counters = telemetry.counters();
        counter("akri_mqtt_telemetry_received_total", "Telemetry messages of the device.", counters::received);
        CounterWithCallback.builder()
                .name("akri_mqtt_telemetry_received_bytes_total")
                .help("Their payloads' bytes.")
                .unit(Unit.BYTES)
                .callback(callback -> callback.call((double) counters.bytes()))
                .register(registry);
        counter("akri_mqtt_telemetry_gaps_total", "Gaps that watchers were told of.", counters::gaps);
        gauge("akri_mqtt_telemetry_watchers", "Callers that watch telemetry now.", telemetry::readers);
        gauge(
                "akri_mqtt_telemetry_lag_messages",
                "Messages that the slowest watcher has not been given yet.",
                telemetry::lag);
        CounterWithCallback.builder()
                .name("akri_mqtt_telemetry_dropped_total")
                .help("Messages that were left out somewhere, by cause.")
                .labelNames("cause")
                .callback(callback -> {
                    for (var cause : Drop.values()) {
                        callback.call((double) counters.dropped(cause), label(cause));
                    }
                })
                .register(registry);
    }

    private void commands(DeviceCommands commands) {
        gauge("akri_mqtt_commands_waiting", "Commands that wait for being sent.", commands::waiting);
        gauge(
                "akri_mqtt_commands_durable",
                "1 where commands that wait outlive this process, 0 where they are kept in memory only.",
                () -> commands.keeping().durable() ? 1 : 0);
        counter(
                "akri_mqtt_command_records_refused_total",
                "Records of commands on the MQTT server that could not be read.",
                () -> commands.keeping().refused());
        counter(
                "akri_mqtt_command_late_answers_total",
                "Answers that came after their command had timed out.",
                commands.counters()::late);
        gauge("akri_mqtt_commands_in_flight", "Commands under way.", commands::inFlight);
        CounterWithCallback.builder()
                .name("akri_mqtt_commands_total")
                .help("Commands that ended, by their final state.")
                .labelNames("state")
                .callback(callback -> {
                    for (var state : ENDS) {
                        callback.call((double) commands.counters().ended(state), label(state));
                    }
                })
                .register(registry);
    }

    private void servers(ServerLinks servers) {
        GaugeWithCallback.builder()
                .name("akri_mqtt_server_connected")
                .help("1 where the MQTT server has accepted our connection.")
                .labelNames("server")
                .callback(callback -> servers.all()
                        .forEach(link -> callback.call(
                                link.state().connected() ? 1 : 0, link.url().toString())))
                .register(registry);
        var connects = Counter.builder()
                .withoutExemplars()
                .name("akri_mqtt_server_connections_total")
                .help("Connections that the MQTT server has accepted.")
                .labelNames("server")
                .register(registry);
        for (var link : servers.all()) {
            var count = connects.labelValues(link.url().toString());
            link.client().onConnection(event -> {
                if (event instanceof ConnectionEvent.Connected) {
                    count.inc();
                }
            });
        }
    }

    private void presence(Supplier<DeviceBelief> presence) {
        GaugeWithCallback.builder()
                .name("akri_mqtt_device_presence")
                .help("1 for what the workload believes of its device.")
                .labelNames("presence")
                .callback(callback -> {
                    var now = presence.get().presence();
                    for (var each : Presence.values()) {
                        callback.call(each == now ? 1 : 0, label(each));
                    }
                })
                .register(registry);
    }

    private void counter(String name, String help, LongSupplier value) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call((double) value.getAsLong()))
                .register(registry);
    }

    private void gauge(String name, String help, LongSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> callback.call((double) value.getAsLong()))
                .register(registry);
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
