package io.akrimqtt.cli.command;

import com.google.protobuf.Timestamp;
import io.akrimqtt.cli.explain.Rule;
import io.akrimqtt.cli.inspect.Presences;
import io.akrimqtt.cli.output.Event;
import io.akrimqtt.cli.output.EventType;
import io.akrimqtt.cli.output.Field;
import io.akrimqtt.cli.output.Output;
import io.akrimqtt.cli.output.Printable;
import io.akrimqtt.cli.output.Table;
import io.akrimqtt.proto.discovery.v1.Device;
import io.akrimqtt.proto.discovery.v1.Server;
import io.akrimqtt.proto.discovery.v1.Transition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Prints what a handler believes of one device. */
record DeviceExplanation(Device device, List<Server> servers, Output out, CliContext context) {

    void print() {
        if (out.json()) {
            out.event(event());
            mine().forEach(server -> out.event(event(server)));
            device.getTransitionsList().forEach(transition -> out.event(event(transition)));
        } else {
            belief();
            table();
            if (!device.hasMembers()) {
                history();
            }
        }
    }

    private List<Server> mine() {
        return servers.stream()
                .filter(server -> server.getWatch().equals(device.getWatch()))
                .toList();
    }

    private String presence() {
        return Presences.word(device.getPresence());
    }

    private Rule rule() {
        return Rule.of(presence(), device.getEvidence().getKind());
    }

    private String reason() {
        if (!device.hasMembers()) {
            return Rule.listing(presence(), device.getListed(), device.getFlapping());
        }
        if (device.getMembers().getListed() > 0) {
            return "a group is while one of its devices is";
        }
        return device.getListed()
                ? "Akri has an Instance of it, and nothing proves that it is gone"
                : "none of its devices is";
    }

    /** The latest transition tells; a device without any has been what it is since its evidence came. */
    private Instant since() {
        int last = device.getTransitionsCount() - 1;
        return instant(
                last < 0
                        ? device.getEvidence().getAt()
                        : device.getTransitions(last).getEvidence().getAt());
    }

    private static Instant instant(Timestamp time) {
        return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
    }

    private void belief() {
        var evidence = device.getEvidence();
        var clock = new LocalTimes(context.zone());
        out.text(Printable.of(device.getName()) + " is "
                + out.painted(Presences.news(device.getPresence()), presence()));
        line("id", device.getId());
        line("since", clock.text(since()) + ", " + ago(since()));
        line("evidence", evidence.getKind() + ": " + evidence.getText());
        line("members", members());
        line("group", device.getGroup());
        line("topic", evidence.getTopic());
        line("came", clock.text(instant(evidence.getAt())));
        line("rule", rule().sentence());
        line("", rule().section());
        line("listed", (device.getListed() ? "yes: " : "no: ") + reason());
        line("flapping", device.getFlapping() ? "yes: " + Rule.FLAPPING.sentence() : "no");
        line("Instance", device.getInstanceHash().isEmpty() ? "" : "its name ends with -" + device.getInstanceHash());
    }

    private String members() {
        if (!device.hasMembers()) {
            return "";
        }
        var members = device.getMembers();
        return "%d known, %d listed: %d online, %d sleeping, %d unknown, %d offline"
                .formatted(
                        members.getKnown(),
                        members.getListed(),
                        members.getOnline(),
                        members.getSleeping(),
                        members.getUnknown(),
                        members.getOffline());
    }

    private String ago(Instant when) {
        var duration = Duration.between(when, context.clock().instant());
        if (duration.isNegative()) {
            return "by the handler's clock, which is ahead of ours";
        }
        long seconds = duration.toSeconds();
        if (seconds < 120) {
            return seconds + " s ago";
        }
        return seconds < 7200
                ? seconds / 60 + " min ago"
                : seconds < 172_800 ? seconds / 3600 + " h ago" : seconds / 86_400 + " days ago";
    }

    private void line(String what, String text) {
        if (!text.isEmpty()) {
            out.text("  %-9s %s".formatted(what, Printable.of(text)));
        }
    }

    private void table() {
        out.text("");
        out.table(new Table(
                List.of("MQTT SERVER", "STATE", "PROBLEM"),
                mine().stream()
                        .map(server ->
                                List.of(server.getUrl(), server.getConnected() ? "connected" : "away", problem(server)))
                        .toList()));
    }

    private static String problem(Server server) {
        var all = new ArrayList<String>();
        if (!server.getProblem().isEmpty()) {
            all.add(server.getProblem());
        }
        all.addAll(server.getSubscriptionProblemsList());
        return String.join("; ", all);
    }

    private void history() {
        out.text("");
        if (device.getTransitionsCount() == 0) {
            out.text("It has been so since it is known.");
            return;
        }
        var clock = new LocalTimes(context.zone());
        out.table(new Table(
                List.of("WHEN", "FROM", "TO", "EVIDENCE", "TOPIC", "WHY"),
                device.getTransitionsList().stream()
                        .map(each -> List.of(
                                clock.text(instant(each.getEvidence().getAt())),
                                Presences.word(each.getFrom()),
                                Presences.word(each.getTo()),
                                each.getEvidence().getKind(),
                                each.getEvidence().getTopic(),
                                each.getEvidence().getText()))
                        .toList()));
    }

    private Event event() {
        var evidence = device.getEvidence();
        var event = Event.of(EventType.EXPLAIN_DEVICE, context.clock().instant())
                .with(Field.DEVICE, device.getName())
                .with(Field.DEVICE_ID, device.getId())
                .with(Field.PRESENCE, presence())
                .with(Field.SINCE, since().toString())
                .with(Field.EVIDENCE, evidence.getKind())
                .with(Field.TOPIC, evidence.getTopic())
                .with(Field.AT, instant(evidence.getAt()).toString())
                .with(Field.TEXT, evidence.getText())
                .with(Field.LISTED, device.getListed())
                .with(Field.FLAPPING, device.getFlapping())
                .with(Field.REASON, reason())
                .with(Field.RULE, rule().sentence())
                .with(Field.SECTION, rule().section())
                .with(Field.WATCH, device.getWatch())
                .with(Field.INSTANCE_HASH, device.getInstanceHash())
                .with(Field.GROUP, device.getGroup());
        return device.hasMembers()
                ? event.with(Field.MEMBERS, device.getMembers().getKnown())
                        .with(Field.MEMBERS_LISTED, device.getMembers().getListed())
                : event;
    }

    private Event event(Server server) {
        return Event.of(EventType.EXPLAIN_SERVER, context.clock().instant())
                .with(Field.URL, server.getUrl())
                .with(Field.CONNECTED, server.getConnected())
                .with(Field.WATCH, server.getWatch())
                .with(Field.TEXT, problem(server));
    }

    private Event event(Transition transition) {
        var evidence = transition.getEvidence();
        return Event.of(EventType.EXPLAIN_TRANSITION, context.clock().instant())
                .with(Field.DEVICE, device.getName())
                .with(Field.DEVICE_ID, device.getId())
                .with(Field.FROM, Presences.word(transition.getFrom()))
                .with(Field.PRESENCE, Presences.word(transition.getTo()))
                .with(Field.EVIDENCE, evidence.getKind())
                .with(Field.TOPIC, evidence.getTopic())
                .with(Field.AT, instant(evidence.getAt()).toString())
                .with(Field.TEXT, evidence.getText());
    }
}
