package io.akrimqtt.messaging.rpc;

import io.akrimqtt.messaging.rpc.DedupCache.Known;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where an executor's commands are done: knows what is being done and what was. Thread-safe; has a thread of its own. */
final class Workshop implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Workshop.class);

    private static final Response CANCELLED = Response.refused(499, "the caller took the command back");
    private static final Response BUSY = Response.refused(429, "the device is busy");
    private static final Response UNKNOWN = Response.refused(404, "no such command");
    private static final Response OTHER_BODY =
            Response.refused(409, "the same key came with another payload", CommandRequest.IDEMPOTENCY_KEY, null);
    private static final Response INTERRUPTED =
            Response.refused(500, "the device restarted while it did this: it may have been done");
    private static final Response NOT_REMEMBERED =
            Response.refused(500, "the device cannot remember this, and so does not do it");

    private final Function<String, Optional<CommandHandler>> handlers;
    private final ExecutorOptions options;
    private final Answers answers;
    private final InstantSource clock;
    private final ScheduledThreadPoolExecutor owner;
    private final DedupCache seen;
    private int running;
    private boolean closing;

    Workshop(
            Function<String, Optional<CommandHandler>> handlers,
            ExecutorOptions options,
            Answers answers,
            InstantSource clock) {
        this.handlers = handlers;
        this.options = options;
        this.answers = answers;
        this.clock = clock;
        seen = new DedupCache(options.remembered(), options.store(), clock.instant());
        owner = new ScheduledThreadPoolExecutor(
                1, Thread.ofVirtual().name("command-executor").factory());
        owner.setRemoveOnCancelPolicy(true);
        owner.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    void take(Asked asked) {
        onOwner(() -> {
            try {
                decide(asked);
            } catch (RuntimeException e) {
                LOG.atError()
                        .addKeyValue("command", asked.request().request().command())
                        .setCause(e)
                        .log("command cannot be looked up or remembered, and is not done");
                answers.send(asked, NOT_REMEMBERED);
            }
        });
    }

    /** Takes nothing more; ends once all that is being done is answered. */
    @Override
    public void close() {
        onOwner(() -> {
            closing = true;
            endWhenIdle();
        });
    }

    private void decide(Asked asked) {
        var refusal = asked.request().refusal();
        if (refusal != null) {
            answers.send(asked, refusal);
            return;
        }
        switch (seen.ask(asked.request(), clock.instant())) {
            case Known.New(var entry)
            when asked.request().cancels() -> {
                seen.done(entry, CANCELLED);
                answers.send(asked, CANCELLED);
            }
            case Known.New(var entry) -> start(asked, entry);
            case Known.BeingDone(var work) -> {
                if (!work.join(asked)) {
                    answers.send(asked, BUSY);
                } else if (asked.request().cancels()) {
                    finish(work, CANCELLED);
                    work.interrupt();
                }
            }
            case Known.Done(var response) -> answers.send(asked, response);
            case Known.Interrupted() -> answers.send(asked, INTERRUPTED);
            case Known.OtherBody() -> answers.send(asked, OTHER_BODY);
            case Known.Full() -> answers.send(asked, BUSY);
        }
    }

    private void start(Asked asked, @Nullable DedupEntry entry) {
        var request = asked.request().request();
        var handler = handlers.apply(request.command());
        if (handler.isEmpty() || running >= options.atATime()) {
            seen.forget(entry);
            answers.send(asked, handler.isEmpty() ? UNKNOWN : BUSY);
            return;
        }
        running++;
        var work = new Work(entry, asked);
        var thread = Thread.ofVirtual()
                .name("command-" + request.command())
                .unstarted(() -> run(handler.get(), request, work));
        var time = options.executionTimeout().compareTo(request.timeout()) < 0
                ? options.executionTimeout()
                : request.timeout();
        work.running(thread, owner.schedule(() -> late(work, time), time.toNanos(), TimeUnit.NANOSECONDS));
        thread.start();
    }

    private void run(CommandHandler handler, CommandRequest request, Work work) {
        var response = response(handler, request, new Steps(work));
        onOwner(() -> {
            running--;
            finish(work, response);
            endWhenIdle();
        });
    }

    private static Response response(CommandHandler handler, CommandRequest request, CommandProgress progress) {
        try {
            return Response.of(handler.handle(request, progress));
        } catch (WrongContentTypeException e) {
            return e.response();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Response.refused(503, "the device stops");
        } catch (Exception | Error e) {
            LOG.atError().addKeyValue("command", request.command()).setCause(e).log("command handler failed");
            return Response.refused(500, "the command's handler failed").with(Headers.APPLICATION_ERROR, "true");
        }
    }

    private void late(Work work, Duration time) {
        finish(
                work,
                Response.refused(
                        408, "not done within " + time.toMillis() + " ms", "ExecutionTimeout", time.toString()));
        work.interrupt();
    }

    private void finish(Work work, Response response) {
        if (work.end()) {
            try {
                seen.done(work.entry(), response);
            } catch (RuntimeException e) {
                LOG.atError().setCause(e).log("store of requests failed, an answer is not remembered");
            }
            work.answer(answers, response);
        }
    }

    private void endWhenIdle() {
        if (closing && running == 0) {
            owner.shutdown();
        }
    }

    private void onOwner(Runnable task) {
        try {
            owner.execute(task);
        } catch (RejectedExecutionException e) {
            LOG.atDebug().log("executor is closed, its last answers are not sent");
        }
    }

    /** What one handler says on its way. */
    private final class Steps implements CommandProgress {

        private final Work work;

        Steps(Work work) {
            this.work = work;
        }

        @Override
        public void accepted(String text) {
            onOwner(() -> {
                if (!work.ended()) {
                    answers.step(work.first(), Response.accepted(work.nextStep(), text));
                }
            });
        }

        @Override
        public void step(Payload payload, String text) {
            onOwner(() -> {
                if (!work.ended()) {
                    answers.step(work.first(), Response.progress(work.nextStep(), payload, text));
                }
            });
        }
    }
}
