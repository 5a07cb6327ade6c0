package io.akrimqtt.handler.observe;

import io.akrimqtt.handler.report.StreamCounts;
import io.akrimqtt.serving.ReadMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Metrics of a process's place among those of its node, and of the streams that it has. Read when they are asked for. */
public final class StreamMetrics {

    private StreamMetrics() {}

    /**
     * Registers them, once for each registry.
     *
     * @param acts whether this process is the one of its node that acts
     * @param arrived whether Akri's agent has had its first lists
     */
    public static void register(
            PrometheusRegistry registry,
            Supplier<StreamCounts> streams,
            BooleanSupplier acts,
            BooleanSupplier arrived) {
        var read = ReadMetrics.into(registry);
        read.gauge(
                "akri_mqtt_discover_streams_without_list",
                "Discover streams that have not been given a list yet.",
                () -> streams.get().waiting());
        read.counter(
                "akri_mqtt_discover_streams_opened_total",
                "Discover streams that Akri's agent has opened.",
                () -> streams.get().opened());
        read.gauge(
                "akri_mqtt_acting",
                "Whether this process is the one of its node that has the MQTT sessions and the journal.",
                () -> acts.getAsBoolean() ? 1 : 0);
        read.gauge(
                "akri_mqtt_arrived",
                "Whether Akri's agent has been given the first lists of this process.",
                () -> arrived.getAsBoolean() ? 1 : 0);
    }
}
