package io.akrimqtt.serving;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Puts metrics into a registry whose values are kept elsewhere, and read from there whenever somebody asks, by the thread that asks.
 * A name that says bytes has the unit. Each name may be added once for each registry.
 */
public final class ReadMetrics {

    private final PrometheusRegistry registry;

    private ReadMetrics(PrometheusRegistry registry) {
        this.registry = registry;
    }

    /** For one registry. */
    public static ReadMetrics into(PrometheusRegistry registry) {
        return new ReadMetrics(registry);
    }

    /**
     * Adds what only grows.
     *
     * @param name as it is shown, with {@code _total}
     */
    public void counter(String name, String help, LongSupplier value) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .unit(unit(name))
                .callback(callback -> callback.call((double) value.getAsLong()))
                .register(registry);
    }

    /** Adds what only grows, for each of some constants. */
    public <E extends Enum<E>> void counter(
            String name, String help, String label, List<E> constants, ToLongFunction<E> value) {
        CounterWithCallback.builder()
                .name(name)
                .help(help)
                .unit(unit(name))
                .labelNames(label)
                .callback(callback -> constants.forEach(
                        constant -> callback.call((double) value.applyAsLong(constant), label(constant))))
                .register(registry);
    }

    /** Adds what goes up and down. */
    public void gauge(String name, String help, DoubleSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .unit(unit(name))
                .callback(callback -> callback.call(value.getAsDouble()))
                .register(registry);
    }

    /** Adds what goes up and down, for each of some constants. */
    public <E extends Enum<E>> void gauge(
            String name, String help, String label, List<E> constants, ToDoubleFunction<E> value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .unit(unit(name))
                .labelNames(label)
                .callback(callback ->
                        constants.forEach(constant -> callback.call(value.applyAsDouble(constant), label(constant))))
                .register(registry);
    }

    /** A constant as the value of a label. */
    public static String label(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static @Nullable Unit unit(String name) {
        return name.endsWith("_bytes") || name.endsWith("_bytes_total") ? Unit.BYTES : null;
    }
}
