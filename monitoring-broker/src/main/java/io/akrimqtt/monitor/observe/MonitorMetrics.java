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
import io.akrimqtt.serving.ReadMetrics;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
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
    private final ReadMetrics read;

    private MonitorMetrics(PrometheusRegistry registry) {
        this.registry = registry;
        this.read = ReadMetrics.into(registry);
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
        read.counter("akri_mqtt_telemetry_received_total", "Telemetry messages of the device.", counters::received);
        read.counter("akri_mqtt_telemetry_received_bytes_total", "Their payloads' bytes.", counters::bytes);
        read.counter("akri_mqtt_telemetry_gaps_total", "Gaps that watchers were told of.", counters::gaps);
        read.gauge("akri_mqtt_telemetry_watchers", "Callers that watch telemetry now.", telemetry::readers);
        read.gauge(
                "akri_mqtt_telemetry_lag_messages",
                "Messages that the slowest watcher has not been given yet.",
                telemetry::lag);
        read.counter(
                "akri_mqtt_telemetry_dropped_total",
                "Messages that were left out somewhere, by cause.",
                "cause",
                List.of(Drop.values()),
                counters::dropped);
    }

    private void commands(DeviceCommands commands) {
        read.gauge("akri_mqtt_commands_waiting", "Commands that wait for being sent.", commands::waiting);
        read.gauge(
                "akri_mqtt_commands_durable",
                "1 where commands that wait outlive this process, 0 where they are kept in memory only.",
                () -> commands.keeping().durable() ? 1 : 0);
        read.counter(
                "akri_mqtt_command_records_refused_total",
                "Records of commands on the MQTT server that could not be read.",
                () -> commands.keeping().refused());
        read.counter(
                "akri_mqtt_command_late_answers_total",
                "Answers that came after their command had timed out.",
                commands.counters()::late);
        read.gauge("akri_mqtt_commands_in_flight", "Commands under way.", commands::inFlight);
        read.counter(
                "akri_mqtt_commands_total",
                "Commands that ended, by their final state.",
                "state",
                ENDS,
                commands.counters()::ended);
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
        read.gauge(
                "akri_mqtt_device_presence",
                "1 for what the workload believes of its device.",
                "presence",
                List.of(Presence.values()),
                each -> presence.get().presence() == each ? 1 : 0);
    }
}
