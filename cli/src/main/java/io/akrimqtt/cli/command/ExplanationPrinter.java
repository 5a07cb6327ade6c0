package io.akrimqtt.cli.command;

import io.akrimqtt.cli.explain.Explanation;
import io.akrimqtt.cli.output.Event;
import io.akrimqtt.cli.output.EventType;
import io.akrimqtt.cli.output.Field;
import io.akrimqtt.cli.output.Output;
import io.akrimqtt.cli.output.Printable;
import io.akrimqtt.presence.state.Belief;
import io.akrimqtt.presence.state.Said;
import java.time.InstantSource;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Prints what was explained.
 *
 * @param configuration under which Configuration
 * @param topic of the message
 */
record ExplanationPrinter(String configuration, String topic, Output out, InstantSource clock) {

    /** Whether there is a device. */
    boolean print(Explanation explanation) {
        return switch (explanation) {
            case Explanation.Device device -> {
                device(device);
                yield true;
            }
            case Explanation.Nothing(var reason) -> {
                nothing(reason);
                yield false;
            }
        };
    }

    private void nothing(String reason) {
        if (out.json()) {
            out.event(Event.of(EventType.EXPLAIN_NONE, clock.instant())
                    .with(Field.CONFIGURATION, configuration)
                    .with(Field.TOPIC, topic)
                    .with(Field.TEXT, reason));
        } else {
            out.text("Configuration " + configuration);
            line("device", "none: " + reason);
        }
    }

    private void device(Explanation.Device device) {
        if (out.json()) {
            out.event(event(device));
            return;
        }
        out.text("Configuration " + configuration);
        line("filter", device.filter());
        for (var other : device.others()) {
            line("", other + " matches, too; the first one decides");
        }
        line("device", device.name());
        line("id", device.id());
        new TreeMap<>(device.levels()).forEach((name, level) -> line("level", name + " = " + level));
        if (!device.group().isEmpty()) {
            line("group", device.group() + ", which Akri has in the device's place");
        }
        line("says", says(device.said()) + (device.caveat() == null ? "" : "; " + device.caveat()));
        line(
                "presence",
                word(device.belief()) + ": " + device.belief().evidence().text());
        @Nullable Belief later = device.later();
        if (later != null) {
            line(
                    "later",
                    word(later) + ", if nothing contradicts: "
                            + later.evidence().text());
        }
    }

    private Event event(Explanation.Device device) {
        @Nullable Belief later = device.later();
        var belief = later == null ? device.belief() : later;
        return Event.of(EventType.EXPLAIN_MATCH, clock.instant())
                .with(Field.CONFIGURATION, configuration)
                .with(Field.FILTER, device.filter())
                .with(Field.DEVICE, device.name())
                .with(Field.DEVICE_ID, device.id())
                .with(Field.PRESENCE, word(belief))
                .with(
                        Field.EVIDENCE,
                        belief.evidence().kind().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .with(Field.TOPIC, topic)
                .with(Field.TEXT, belief.evidence().text())
                .with(Field.GROUP, device.group());
    }

    private static String word(Belief belief) {
        return belief.presence().name().toLowerCase(Locale.ROOT);
    }

    private static String says(Said said) {
        return switch (said) {
            case ONLINE -> "that it is online";
            case OFFLINE -> "that it is offline";
            case SLEEPING -> "that it sleeps";
            case ACTIVITY -> "nothing about its presence: a sign of life";
            case EXISTS -> "that it exists";
            case GONE -> "that it is taken back";
        };
    }

    private void line(String what, String text) {
        out.text("  %-9s %s".formatted(what, Printable.of(text)));
    }
}
