package io.akrimqtt.messaging.rpc;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** One command that is being done, with all who asked for it. Confined to the executor's thread. */
final class Work {

    /** So many may wait for one answer; more are told that the device is busy. */
    private static final int MOST = 16;

    private final @Nullable DedupEntry entry;
    private final List<Asked> asked = new ArrayList<>();
    private @Nullable Thread thread;
    private @Nullable Future<?> timeout;
    private boolean ended;
    private int steps;

    Work(@Nullable DedupEntry entry, Asked first) {
        this.entry = entry;
        asked.add(first);
        if (entry != null) {
            entry.begin(this);
        }
    }

    @Nullable
    DedupEntry entry() {
        return entry;
    }

    Asked first() {
        return asked.getFirst();
    }

    void running(Thread value, Future<?> until) {
        thread = value;
        timeout = until;
    }

    /** Whether there was room for one more who asks. */
    boolean join(Asked another) {
        return asked.size() < MOST && asked.add(another);
    }

    boolean ended() {
        return ended;
    }

    int nextStep() {
        return ++steps;
    }

    /** Ends it; its handler is told to stop, if it goes on. Only the first call counts. */
    boolean end() {
        if (ended) {
            return false;
        }
        ended = true;
        if (timeout != null) {
            timeout.cancel(false);
        }
        return true;
    }

    void interrupt() {
        if (thread != null) {
            thread.interrupt();
        }
    }

    /** Sends to each who asked; whoever asked twice with the same correlation, as the server does, gets one answer. */
    void answer(Answers answers, Response response) {
        var seen = new ArrayList<@Nullable String>();
        for (var each : asked) {
            var key = each.request().key();
            if (key != null && seen.stream().anyMatch(it -> Objects.equals(it, key))) {
                each.delivery().acknowledge();
            } else {
                seen.add(key);
                answers.send(each, response);
            }
        }
    }
}
