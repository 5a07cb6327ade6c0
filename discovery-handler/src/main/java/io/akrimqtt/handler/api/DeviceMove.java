package io.akrimqtt.handler.api;

import io.akrimqtt.handler.placement.Relocation;
import io.akrimqtt.handler.placement.Standing;
import io.akrimqtt.handler.placement.Standing.Phase;
import io.akrimqtt.proto.discovery.v1.MoveProgress;
import io.akrimqtt.proto.discovery.v1.MoveState;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One move, followed to its end on a virtual thread of its own. Whoever asked may go: what has not been released is taken back then,
 * and what was goes on, and keeps the next move waiting.
 */
final class DeviceMove {

    private static final Duration LOOK = Duration.ofMillis(200);

    private final Relocation relocation;
    private final String device;
    private final BooleanSupplier listed;
    private final ServerCallStreamObserver<MoveProgress> call;
    private final InstantSource clock;
    private final Duration patience;
    private final Runnable ended;
    private final CountDownLatch left = new CountDownLatch(1);

    DeviceMove(
            Relocation relocation,
            String device,
            BooleanSupplier listed,
            ServerCallStreamObserver<MoveProgress> call,
            InstantSource clock,
            Duration patience,
            Runnable ended) {
        this.relocation = relocation;
        this.device = device;
        this.listed = listed;
        this.call = call;
        this.clock = clock;
        this.patience = patience;
        this.ended = ended;
    }

    /** Call it on the thread of the gRPC method. */
    void start() {
        call.setOnCancelHandler(left::countDown);
        relocation.move(device);
        Thread.ofVirtual().name("move-device").start(this::run);
    }

    private void run() {
        try {
            follow(clock.instant().plus(patience));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            if (!call.isCancelled()) {
                call.onError(
                        Status.INTERNAL.withDescription("a bug").withCause(e).asRuntimeException());
            }
        } finally {
            ended.run();
        }
    }

    private void follow(Instant end) throws InterruptedException {
        @Nullable Standing told = null;
        var wait = new CountDownLatch(1);
        while (true) {
            var standing = Standing.of(relocation.cluster(), device, relocation.node());
            if (left.getCount() == 0 && standing.phase() == Phase.WAITING) {
                relocation.stay(device);
                return;
            }
            boolean over = !clock.instant().isBefore(end);
            boolean gone = standing.phase() == Phase.LEFT && !listed.getAsBoolean();
            if (standing.phase() == Phase.ARRIVED || gone || over) {
                last(standing, gone);
                return;
            }
            if (!standing.equals(told)) {
                told = standing;
                tell(state(standing.phase()), standing, text(standing));
            }
            // A caller that has gone is noticed at once, and once.
            boolean _ = (left.getCount() == 0 ? wait : left).await(LOOK.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private void last(Standing standing, boolean gone) {
        if (standing.phase() == Phase.ARRIVED) {
            tell(MoveState.MOVE_STATE_ARRIVED, standing, standing.node() + " has it");
        } else if (gone) {
            tell(
                    MoveState.MOVE_STATE_GONE,
                    standing,
                    "it has left " + relocation.node() + ", and is not there any more");
        } else {
            relocation.stay(device);
            tell(
                    MoveState.MOVE_STATE_GIVEN_UP,
                    standing,
                    "not over after " + patience.toMinutes() + " min: " + text(standing)
                            + "; it is reported where its Instance is, or falls to");
        }
        if (!call.isCancelled()) {
            call.onCompleted();
        }
    }

    private void tell(MoveState state, Standing standing, String text) {
        if (!call.isCancelled()) {
            call.onNext(MoveProgress.newBuilder()
                    .setState(state)
                    .setNode(standing.node())
                    .setText(text)
                    .build());
        }
    }

    private static MoveState state(Phase phase) {
        return switch (phase) {
            case WAITING -> MoveState.MOVE_STATE_WAITING;
            case RELEASED -> MoveState.MOVE_STATE_RELEASED;
            case LEFT -> MoveState.MOVE_STATE_LEFT;
            case ARRIVED -> MoveState.MOVE_STATE_ARRIVED;
        };
    }

    private String text(Standing standing) {
        return switch (standing.phase()) {
            case WAITING -> "it is still on " + relocation.node() + ", and not released there";
            case RELEASED -> "it is released on " + relocation.node() + " and dropped there";
            case LEFT -> "it has left " + relocation.node() + ", no node has it yet";
            case ARRIVED -> standing.node() + " has it";
        };
    }
}
