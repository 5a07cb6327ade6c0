package io.akrimqtt.cli.rebalance;

import io.akrimqtt.cli.rebalance.Step.Kind;
import io.akrimqtt.proto.discovery.v1.MoveProgress;
import io.akrimqtt.proto.discovery.v1.PlanMovesResponse;
import io.akrimqtt.serving.ListenAddress;
import io.grpc.Context;
import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Plans moves with the help of some handlers and has them made, one after the other. Confined to one thread, but for {@link #stop}.
 */
public final class Rebalancing implements AutoCloseable {

    private final List<HandlerMoves> handlers;
    private final Map<String, HandlerMoves> byNode = new LinkedHashMap<>();
    private final Context.CancellableContext calls = Context.current().withCancellation();

    /** @param addresses at least one; each handler moves the devices of its own node */
    public Rebalancing(List<ListenAddress> addresses) {
        this.handlers = addresses.stream().map(HandlerMoves::new).toList();
    }

    /**
     * Asks all handlers, and takes the plan of the first.
     *
     * @param most how many moves at most; 0 for all that are worth while
     */
    public Plan plan(int most) throws RebalanceException {
        @Nullable PlanMovesResponse first = null;
        for (var handler : handlers) {
            var plan = handler.plan(most);
            byNode.put(plan.getNode(), handler);
            first = first == null ? plan : first;
        }
        if (first == null) {
            throw new RebalanceException("no discovery handler was given");
        }
        return new Plan(
                first.getNodesList().stream()
                        .map(node -> new Plan.Node(node.getNode(), node.getDevices(), node.getPlanned()))
                        .toList(),
                first.getMovesList().stream()
                        .map(move -> new Plan.Move(move.getDevice(), move.getInstance(), move.getFrom(), move.getTo()))
                        .toList());
    }

    /**
     * Makes the moves of a plan, each to its end; after one that did not end well no other is begun.
     *
     * @param told is told of each step, at least of a final one for each move
     * @return the final steps, in the order of the moves
     */
    public List<Step> make(Plan plan, BiConsumer<Plan.Move, Step> told) {
        var ends = new ArrayList<Step>();
        var halt = "";
        for (var move : plan.moves()) {
            var end = calls.isCancelled() || !halt.isEmpty()
                    ? new Step(Kind.NOT_BEGUN, move.from(), halt.isEmpty() ? "you asked to stop" : halt)
                    : make(move, step -> told.accept(move, step));
            told.accept(move, end);
            ends.add(end);
            if (end.kind() == Kind.GIVEN_UP || end.kind() == Kind.INTERRUPTED) {
                halt = "the move of " + move.device() + " did not end well";
            }
        }
        return ends;
    }

    /** Tells all steps but the last, which is returned. */
    private Step make(Plan.Move move, Consumer<Step> told) {
        @Nullable HandlerMoves handler = byNode.get(move.from());
        if (handler == null) {
            return new Step(
                    Kind.LEFT_ALONE,
                    move.from(),
                    "no handler of " + move.from() + " takes part: none was given (--handler), or none is ready");
        }
        var last = new ArrayList<Step>();
        try {
            calls.run(() -> handler.move(move.device(), progress -> {
                last.forEach(told);
                last.clear();
                last.add(step(progress));
            }));
        } catch (StatusRuntimeException e) {
            last.forEach(told);
            return broken(move, handler, e, last);
        }
        var end = last.isEmpty() ? new Step(Kind.INTERRUPTED, "", "the handler said nothing") : last.getFirst();
        boolean over = end.kind().compareTo(Kind.ARRIVED) >= 0;
        return over ? end : new Step(Kind.INTERRUPTED, end.node(), "the handler ended at: " + end.text());
    }

    private static Step step(MoveProgress progress) {
        var kind = switch (progress.getState()) {
            case MOVE_STATE_WAITING, MOVE_STATE_UNSPECIFIED, UNRECOGNIZED -> Kind.WAITING;
            case MOVE_STATE_RELEASED -> Kind.RELEASED;
            case MOVE_STATE_LEFT -> Kind.LEFT;
            case MOVE_STATE_ARRIVED -> Kind.ARRIVED;
            case MOVE_STATE_GONE -> Kind.GONE;
            case MOVE_STATE_GIVEN_UP -> Kind.GIVEN_UP;
        };
        return new Step(kind, progress.getNode(), progress.getText());
    }

    private Step broken(Plan.Move move, HandlerMoves handler, StatusRuntimeException e, List<Step> last) {
        var code = e.getStatus().getCode();
        boolean begun = !last.isEmpty();
        if (!begun && (code == Code.FAILED_PRECONDITION || code == Code.ABORTED)) {
            return new Step(Kind.REFUSED, move.from(), handler.sentence(e));
        }
        var why = calls.isCancelled() ? "you asked to stop" : handler.sentence(e);
        boolean released = begun && last.getFirst().kind() != Kind.WAITING;
        return new Step(
                Kind.INTERRUPTED,
                released ? "" : move.from(),
                why
                        + (released
                                ? "; it was released: it goes on by itself, or stays where it is"
                                : "; when last heard of, it had not been released: then it stays on " + move.from()));
    }

    /** Ends the move that is being made, and begins no other. May be called by anybody; does not wait. */
    public void stop() {
        calls.cancel(null);
    }

    @Override
    public void close() {
        calls.cancel(null);
        handlers.forEach(HandlerMoves::close);
    }
}
