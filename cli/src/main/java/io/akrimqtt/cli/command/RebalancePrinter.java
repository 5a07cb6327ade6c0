package io.akrimqtt.cli.command;

import io.akrimqtt.cli.output.Event;
import io.akrimqtt.cli.output.EventType;
import io.akrimqtt.cli.output.Field;
import io.akrimqtt.cli.output.LiveScreen;
import io.akrimqtt.cli.output.Output;
import io.akrimqtt.cli.output.Printable;
import io.akrimqtt.cli.output.Table;
import io.akrimqtt.cli.rebalance.Plan;
import io.akrimqtt.cli.rebalance.Step;
import io.akrimqtt.cli.rebalance.Step.Kind;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints a plan of moves and how they go: a table that is drawn again on a terminal, else a line for each step. */
final class RebalancePrinter {

    private final Plan plan;
    private final Output out;
    private final InstantSource clock;
    private final Map<Plan.Move, Step> steps = new HashMap<>();
    private final @Nullable LiveScreen screen;

    RebalancePrinter(Plan plan, Output out, InstantSource clock) {
        this.plan = plan;
        this.out = out;
        this.clock = clock;
        this.screen = out.live() ? out.screen() : null;
    }

    /** The nodes, and what would be moved. */
    void plan() {
        if (out.json()) {
            plan.nodes()
                    .forEach(node -> out.event(Event.of(EventType.REBALANCE_NODE, clock.instant())
                            .with(Field.NODE, node.name())
                            .with(Field.DEVICES, node.devices())
                            .with(Field.PLANNED, node.planned())));
            plan.moves()
                    .forEach(move -> out.event(Event.of(EventType.REBALANCE_MOVE, clock.instant())
                            .with(Field.DEVICE_ID, move.device())
                            .with(Field.INSTANCE, move.instance())
                            .with(Field.FROM_NODE, move.from())
                            .with(Field.TO_NODE, move.to())));
            return;
        }
        out.table(new Table(
                List.of("NODE", "DEVICES", "PLANNED"),
                plan.nodes().stream()
                        .map(node -> List.of(
                                node.name(), Integer.toString(node.devices()), Integer.toString(node.planned())))
                        .toList()));
        out.text("");
        if (plan.moves().isEmpty()) {
            out.text("Nothing to move: no device would fall to a node that has two devices less than its own.");
        } else {
            out.table(new Table(
                    List.of("DEVICE", "FROM", "TO", "INSTANCE"),
                    plan.moves().stream()
                            .map(move -> List.of(move.device(), move.from(), move.to(), move.instance()))
                            .toList()));
        }
    }

    /** A move goes on, or has ended. */
    void step(Plan.Move move, Step step) {
        steps.put(move, step);
        if (out.json()) {
            out.event(Event.of(EventType.REBALANCE_STEP, clock.instant())
                    .with(Field.DEVICE_ID, move.device())
                    .with(Field.INSTANCE, move.instance())
                    .with(Field.FROM_NODE, move.from())
                    .with(Field.NODE, step.node())
                    .with(Field.STEP, step.kind().word())
                    .with(Field.TEXT, step.text()));
        } else if (screen == null) {
            out.text("%s  %s -> %s  %s: %s"
                    .formatted(
                            Printable.of(move.device()),
                            move.from(),
                            move.to(),
                            step.kind().word(),
                            Printable.of(step.text())));
        } else {
            screen.show(List.of(), progress());
        }
    }

    private Table progress() {
        return new Table(
                List.of("DEVICE", "FROM", "TO", "STEP", "WHY"),
                plan.moves().stream().map(this::row).toList());
    }

    private List<String> row(Plan.Move move) {
        @Nullable Step step = steps.get(move);
        return List.of(
                move.device(),
                move.from(),
                move.to(),
                step == null ? "-" : step.kind().word(),
                step == null ? "" : step.text());
    }

    /** How all of them have ended. */
    void end(List<Step> ends) {
        long arrived = ends.stream().filter(end -> end.kind() == Kind.ARRIVED).count();
        if (out.json()) {
            out.event(Event.of(EventType.REBALANCE_FINISHED, clock.instant())
                    .with(Field.MOVES, ends.size())
                    .with(Field.ARRIVED, arrived));
        } else {
            out.text("");
            out.text("%d of %d moves have ended on another node.".formatted(arrived, ends.size()));
        }
    }
}
