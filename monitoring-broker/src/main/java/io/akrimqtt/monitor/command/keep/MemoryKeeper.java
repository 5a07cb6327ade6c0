package io.akrimqtt.monitor.command.keep;

import io.akrimqtt.monitor.command.life.CommandRecord;
import java.util.concurrent.CompletableFuture;

/** Keeps nothing beyond what the process knows anyway. Thread-safe. */
public final class MemoryKeeper implements CommandKeeper {

    private final String reason;

    /** @param reason why there is nothing better, one sentence */
    public MemoryKeeper(String reason) {
        this.reason = reason;
    }

    /** Nothing was left: that is told at once. */
    @Override
    public void listen(Listener listener) {
        listener.loaded();
    }

    @Override
    public CompletableFuture<?> keep(CommandRecord command, boolean now) {
        return CompletableFuture.completedFuture("");
    }

    @Override
    public void forget(String id) {}

    @Override
    public KeeperState state() {
        return new KeeperState(false, reason, 0);
    }
}
