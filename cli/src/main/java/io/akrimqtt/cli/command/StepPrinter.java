package io.akrimqtt.cli.command;

import io.akrimqtt.cli.dryrun.Outcome;
import io.akrimqtt.cli.output.Event;
import io.akrimqtt.cli.output.EventType;
import io.akrimqtt.cli.output.Field;
import io.akrimqtt.cli.output.Output;
import io.akrimqtt.cli.output.Printable;
import io.akrimqtt.cli.output.Table;
import io.akrimqtt.cli.replay.Step;
import io.akrimqtt.presence.state.Belief;
import io.akrimqtt.presence.state.Presence;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Prints what is believed of devices: changes as they come, and all at the end.
 *
 * @param times how people read times
 * @param configuration under which Configuration
 */
record StepPrinter(Output out, LocalTimes times, String configuration) {

    /** A change. */
    void change(Step step) {
        @Nullable Belief belief = step.belief();
        if (out.json()) {
            out.event(belief == null ? removed(step) : changed(step, belief));
            return;
        }
        var word = belief == null ? "removed" : word(belief.presence());
        var type = belief == null ? EventType.DEVICE_FORGOTTEN : news(belief.presence());
        out.text(times.precise(step.time()) + "  " + out.painted(type, "%-8s".formatted(word)) + "  "
                + Printable.of(step.device()) + "  " + (belief == null ? "it was taken back" : why(belief)));
    }

    private String why(Belief belief) {
        var evidence = belief.evidence();
        var topic = evidence.topic() == null ? "" : " on " + Printable.of(evidence.topic());
        return kind(belief) + topic + " at " + times.precise(evidence.at()) + ": " + evidence.text()
                + (belief.flapping() ? "; it comes and goes too often, and is kept listed" : "");
    }

    private static Event removed(Step step) {
        return Event.of(EventType.DEVICE_FORGOTTEN, step.time())
                .with(Field.DEVICE, step.name())
                .with(Field.DEVICE_ID, step.device());
    }

    private static Event changed(Step step, Belief belief) {
        return Event.of(news(belief.presence()), step.time())
                .with(Field.DEVICE, step.name())
                .with(Field.DEVICE_ID, step.device())
                .with(Field.EVIDENCE, kind(belief))
                .with(Field.TOPIC, belief.evidence().topic())
                .with(Field.TEXT, belief.evidence().text());
    }

    /** All devices at one moment. */
    void devices(List<Step> devices, Instant now) {
        if (out.json()) {
            devices.forEach(step -> event(step, now).ifPresent(out::event));
            return;
        }
        out.text("");
        out.text("At " + times.precise(now) + ":");
        out.table(new Table(
                List.of("DEVICE", "PRESENCE", "LISTED", "EVIDENCE", "WHY"),
                devices.stream().map(StepPrinter::row).toList()));
    }

    /** What Akri gets in place of devices; nothing where it gets devices. */
    void groups(List<Outcome.Group> groups, Instant now) {
        if (out.json()) {
            groups.forEach(group -> event(group.step(), now)
                    .map(event -> event.with(Field.MEMBERS, group.members()).with(Field.MEMBERS_LISTED, group.listed()))
                    .ifPresent(out::event));
        } else if (!groups.isEmpty()) {
            out.text("");
            out.text("As Akri would get them:");
            out.table(new Table(
                    List.of("GROUP", "DEVICES", "LISTED", "WHY"),
                    groups.stream().map(StepPrinter::row).toList()));
        }
    }

    private static List<String> row(Outcome.Group group) {
        var step = group.step();
        @Nullable Belief belief = step.belief();
        return List.of(
                step.device(),
                Integer.toString(group.members()),
                group.listed() == 0 ? "no" : "yes: " + group.listed(),
                belief == null ? "-" : belief.evidence().text());
    }

    private static List<String> row(Step step) {
        @Nullable Belief belief = step.belief();
        return belief == null
                ? List.of(step.device(), "-", "-", "-", "-")
                : List.of(
                        step.device(),
                        word(belief.presence()),
                        belief.listed() ? "yes" : "no",
                        kind(belief),
                        belief.evidence().text());
    }

    /** Nothing for one that was taken back. */
    private Optional<Event> event(Step step, Instant now) {
        return Optional.ofNullable(step.belief())
                .map(belief -> Event.of(EventType.DEVICE_FOUND, now)
                        .with(Field.DEVICE, step.name())
                        .with(Field.DEVICE_ID, step.device())
                        .with(Field.PRESENCE, word(belief.presence()))
                        .with(Field.LISTED, belief.listed())
                        .with(Field.FLAPPING, belief.flapping())
                        .with(Field.EVIDENCE, kind(belief))
                        .with(Field.TOPIC, belief.evidence().topic())
                        .with(Field.TEXT, belief.evidence().text())
                        .with(Field.CONFIGURATION, configuration));
    }

    /** What was not taken into account, by cause. */
    void ignored(Map<String, Long> ignored, Instant now) {
        ignored.forEach((cause, count) -> {
            if (out.json()) {
                out.event(Event.of(EventType.MESSAGES_IGNORED, now)
                        .with(Field.CAUSE, cause)
                        .with(Field.COUNT, count)
                        .with(Field.TEXT, IgnoredCauses.sentence(cause))
                        .with(Field.CONFIGURATION, configuration));
            } else {
                out.text("ignored: %d, %s: %s".formatted(count, cause, IgnoredCauses.sentence(cause)));
            }
        });
    }

    /** That was all. */
    void end(long messages, int devices, Instant now) {
        if (out.json()) {
            out.event(Event.of(EventType.REPLAY_FINISHED, now)
                    .with(Field.CONFIGURATION, configuration)
                    .with(Field.MESSAGES, messages)
                    .with(Field.DEVICES, devices));
        } else {
            out.text("messages: " + messages + ", devices: " + devices);
        }
    }

    private static String kind(Belief belief) {
        return belief.evidence().kind().name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String word(Presence presence) {
        return presence.name().toLowerCase(Locale.ROOT);
    }

    private static EventType news(Presence presence) {
        return switch (presence) {
            case ONLINE -> EventType.DEVICE_ONLINE;
            case SLEEPING -> EventType.DEVICE_SLEEPING;
            case OFFLINE -> EventType.DEVICE_OFFLINE;
            case UNKNOWN -> EventType.DEVICE_UNKNOWN;
        };
    }
}
