package io.akrimqtt.monitor.command;

import io.akrimqtt.messaging.rpc.CommandCall;
import io.akrimqtt.messaging.rpc.CommandEvent;
import io.akrimqtt.messaging.rpc.CommandRequest;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A way to a device that answers when the test says so. */
public final class FakeRoute implements CommandRoute {

    public final List<CommandRequest> requests = new CopyOnWriteArrayList<>();
    public final List<String> ids = new CopyOnWriteArrayList<>();
    public final List<Consumer<CommandEvent>> listeners = new CopyOnWriteArrayList<>();
    public volatile int cancelled;
    public volatile boolean connected = true;
    private @Nullable Listener listener;

    @Override
    public boolean connected() {
        return connected;
    }

    @Override
    public void listen(Listener value) {
        listener = value;
    }

    @Override
    public synchronized CommandCall invoke(String id, CommandRequest request, Consumer<CommandEvent> told) {
        ids.add(id);
        listeners.add(told);
        requests.add(request);
        return () -> cancelled++;
    }

    @Override
    public String answers() {
        return "";
    }

    @Override
    public void listenAt(String answers) {}

    /** Connects, or loses the connection. */
    public void connected(boolean value) {
        connected = value;
        if (listener != null) {
            listener.changed();
        }
    }

    /** Tells the latest call. */
    public void tell(CommandEvent event) {
        listeners.getLast().accept(event);
    }

    /** An answer that nobody waits for. */
    public void overheard(String id, CommandEvent event) {
        if (listener != null) {
            listener.overheard(id, event);
        }
    }
}
