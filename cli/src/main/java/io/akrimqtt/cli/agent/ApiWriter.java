package io.akrimqtt.cli.agent;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Makes an agent's writes, each row of them on a thread of its own, in order, until one is refused. Thread-safe. */
final class ApiWriter {

    /** Is told what was made, and why no more was. */
    @FunctionalInterface
    interface Outcome {
        void over(List<Input.Done> done, @Nullable String failure);
    }

    private final AgentApi api;
    private final ExecutorService threads;
    private final AtomicLong incarnation = new AtomicLong();

    ApiWriter(AgentApi api, ExecutorService threads) {
        this.api = api;
        this.threads = threads;
    }

    /** Ends all rows where they are: nobody is told. */
    void crash() {
        incarnation.incrementAndGet();
    }

    void write(List<ApiCall> calls, Outcome outcome) {
        long mine = incarnation.get();
        try {
            threads.execute(() -> run(calls, mine, outcome));
        } catch (RejectedExecutionException _) {
            // The agent is being closed.
        }
    }

    private void run(List<ApiCall> calls, long mine, Outcome outcome) {
        var done = new ArrayList<Input.Done>();
        @Nullable String failure = null;
        for (var call : calls) {
            if (incarnation.get() != mine) {
                return;
            }
            failure = make(call, done);
            if (failure != null) {
                break;
            }
        }
        if (incarnation.get() == mine) {
            outcome.over(List.copyOf(done), failure);
        }
    }

    private @Nullable String make(ApiCall call, List<Input.Done> done) {
        try {
            done.add(new Input.Done(call, api.call(call)));
            return null;
        } catch (ApiRefusedException e) {
            return String.valueOf(e.getMessage());
        } catch (RuntimeException e) {
            return e.toString();
        }
    }
}
