package io.akrimqtt.monitor.observe;

import io.akrimqtt.messaging.trace.TraceContext;
import io.akrimqtt.messaging.trace.TraceLog;
import io.akrimqtt.messaging.trace.Tracing;
import io.akrimqtt.monitor.command.CommandWatcher;
import io.akrimqtt.monitor.command.life.CommandOrder;
import io.akrimqtt.monitor.command.life.CommandOutcome;
import io.akrimqtt.monitor.command.life.CommandState;
import io.akrimqtt.monitor.command.life.CommandUpdate;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.Unit;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long commands take: as a metric, as spans where somebody records them, and in the log, with the trace that they are in.
 * Thread-safe. At most {@link #MOST} at a time; more pass unseen.
 */
public final class CommandSpans implements CommandWatcher {

    /** More than may wait and be under way. */
    private static final int MOST = 2_000;

    private static final Logger LOG = LoggerFactory.getLogger(CommandSpans.class);

    /** From a device beside the server to one that sleeps for an hour. */
    private static final double[] SECONDS = {0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 600, 3_600};

    private final String device;
    private final Tracing tracing;
    private final Histogram durations;
    private final Map<String, Open> open = new ConcurrentHashMap<>();

    private record Open(String command, Instant since, Tracing.OpenSpan span) {}

    private CommandSpans(String device, Tracing tracing, Histogram durations) {
        this.device = device;
        this.tracing = tracing;
        this.durations = durations;
    }

    /**
     * Registers the metric, once for each registry.
     *
     * @param device its id, an attribute of spans; not of metrics
     */
    public static CommandSpans register(PrometheusRegistry registry, String device, Tracing tracing) {
        var durations = Histogram.builder()
                // They would be asked of OpenTelemetry, which is to be loaded only where somebody wants it.
                .withoutExemplars()
                .name("akri_mqtt_command_duration_seconds")
                .help("From when a command was asked for to its end.")
                .unit(Unit.SECONDS)
                .classicOnly()
                .classicUpperBounds(SECONDS)
                .register(registry);
        return new CommandSpans(device, tracing, durations);
    }

    @Override
    public @Nullable TraceContext begun(String id, CommandOrder order, Instant at) {
        if (open.size() >= MOST) {
            return order.trace();
        }
        var attributes =
                Map.of("akri_mqtt.device", device, "akri_mqtt.command", order.command(), "akri_mqtt.command_id", id);
        var span = tracing.begin("command", order.trace(), attributes);
        open.put(id, new Open(order.command(), at, span));
        return span.context();
    }

    /** What its earlier process had begun ended with it: here only its time is measured, and its trace is known. */
    @Override
    public void restored(String id, CommandOrder order, Instant submitted) {
        if (open.size() < MOST) {
            open.put(id, new Open(order.command(), submitted, Tracing.OFF.begin("command", order.trace(), Map.of())));
        }
    }

    @Override
    public void told(CommandUpdate update) {
        var outcome = update.outcome();
        var known = outcome.last() ? open.remove(update.id()) : open.get(update.id());
        if (known == null) {
            return;
        }
        known.span().note(label(outcome.state()));
        if (outcome.last()) {
            end(update, known);
        }
    }

    private void end(CommandUpdate update, Open known) {
        var outcome = update.outcome();
        double seconds =
                Math.max(0, Duration.between(known.since(), update.at()).toNanos() / 1e9);
        durations.observe(seconds);
        known.span()
                .end(
                        Map.of(
                                "akri_mqtt.command_state",
                                label(outcome.state()),
                                "akri_mqtt.command_status",
                                Integer.toString(outcome.status())),
                        error(outcome));
        var line = LOG.atDebug()
                .addKeyValue("id", update.id())
                .addKeyValue("command", known.command())
                .addKeyValue("state", outcome.state())
                .addKeyValue("status", outcome.status())
                .addKeyValue("reason", outcome.text());
        TraceLog.add(line, known.span().context()).log("command ended");
    }

    /** What a device says of itself may be anything, and stays out of spans. */
    private static String error(CommandOutcome outcome) {
        return outcome.status() >= 400 ? outcome.state() + " " + outcome.status() : "";
    }

    @Override
    public void same(String id, String earlier) {
        var known = open.remove(id);
        if (known != null) {
            known.span().end(Map.of("akri_mqtt.same_as", earlier), "");
        }
    }

    private static String label(CommandState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
