package io.akrimqtt.serving;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.core.metrics.SummaryWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Quantiles;
import io.prometheus.metrics.model.snapshots.Unit;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a process costs, under the names that Prometheus' own libraries use. Read from the system when somebody asks; nothing is
 * loaded or kept for it before. What only Linux tells is left out elsewhere.
 */
public final class ProcessMetrics {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final String HEAP = "heap";
    private static final double MILLIS = 1_000;

    private final PrometheusRegistry registry;
    private final Runtime runtime = Runtime.getRuntime();
    private final ProcessHandle process = ProcessHandle.current();

    private ProcessMetrics(PrometheusRegistry registry) {
        this.registry = registry;
    }

    /**
     * Adds them, once for each registry.
     *
     * @param program such as {@code monitoring-broker}
     */
    public static void register(PrometheusRegistry registry, String program, String version) {
        var metrics = new ProcessMetrics(registry);
        Info.builder()
                .name("akri_mqtt_build_info")
                .help("Which program of which version it is.")
                .labelNames("program", "version")
                .register(registry)
                .setLabelValues(program, version);
        metrics.process();
        metrics.memory();
        metrics.collections();
    }

    private void process() {
        system("process_resident_memory_bytes", "Resident memory.", "VmRSS:", 1_024, Unit.BYTES);
        system("process_threads", "Threads of the operating system.", "Threads:", 1, null);
        CounterWithCallback.builder()
                .name("process_cpu_seconds_total")
                .help("Time of processors, of users and of the system.")
                .unit(Unit.SECONDS)
                .callback(callback ->
                        process.info().totalCpuDuration().ifPresent(time -> callback.call(time.toMillis() / MILLIS)))
                .register(registry);
        GaugeWithCallback.builder()
                .name("process_start_time_seconds")
                .help("When it started, in seconds since 1970.")
                .unit(Unit.SECONDS)
                .callback(callback ->
                        process.info().startInstant().ifPresent(at -> callback.call(at.toEpochMilli() / MILLIS)))
                .register(registry);
    }

    private void memory() {
        heap("jvm_memory_used_bytes", "Memory in use.", () -> runtime.totalMemory() - runtime.freeMemory());
        heap("jvm_memory_committed_bytes", "Memory taken from the system.", runtime::totalMemory);
        heap("jvm_memory_max_bytes", "The most memory that may be taken.", runtime::maxMemory);
    }

    /** The only one that needs the JVM's management, which is loaded when it is asked for first. */
    private void collections() {
        SummaryWithCallback.builder()
                .name("jvm_gc_collection_seconds")
                .help("Garbage collections and the time they took.")
                .unit(Unit.SECONDS)
                .labelNames("gc")
                .callback(callback -> ManagementFactory.getGarbageCollectorMXBeans()
                        .forEach(bean -> callback.call(
                                bean.getCollectionCount(),
                                bean.getCollectionTime() / MILLIS,
                                Quantiles.EMPTY,
                                bean.getName())))
                .register(registry);
    }

    private void heap(String name, String help, DoubleSupplier value) {
        GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .unit(Unit.BYTES)
                .labelNames("area")
                .callback(callback -> callback.call(value.getAsDouble(), HEAP))
                .register(registry);
    }

    private void system(String name, String help, String key, int factor, @Nullable Unit unit) {
        var gauge = GaugeWithCallback.builder()
                .name(name)
                .help(help)
                .callback(callback -> status(key).ifPresent(value -> callback.call((double) value * factor)));
        if (unit != null) {
            gauge.unit(unit);
        }
        gauge.register(registry);
    }

    private static OptionalLong status(String key) {
        try (var lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith(key))
                    .mapToLong(line -> Long.parseLong(
                            line.substring(key.length()).replace("kB", "").strip()))
                    .findFirst();
        } catch (IOException _) {
            return OptionalLong.empty();
        }
    }
}
