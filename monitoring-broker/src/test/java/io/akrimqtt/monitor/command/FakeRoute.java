package io.akrimqtt.monitor.command;

import io.akrimqtt.messaging.rpc.CommandCall;
import io.akrimqtt.messaging.rpc.CommandEvent;
import io.akrimqtt.messaging.rpc.CommandRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A way to a device that answers when the test says so. */
public final class FakeRoute implements CommandRoute {

    public final List<CommandRequest> requests = new ArrayList<>();
    public final List<Consumer<CommandEvent>> listeners = new ArrayList<>();
    public int cancelled;
    public boolean connected = true;

    @Override
    public boolean connected() {
        return connected;
    }

    @Override
    public synchronized CommandCall invoke(CommandRequest request, Consumer<CommandEvent> listener) {
        requests.add(request);
        listeners.add(listener);
        return () -> cancelled++;
    }

    /** Tells the latest call. */
    public void tell(CommandEvent event) {
        listeners.getLast().accept(event);
    }
}
