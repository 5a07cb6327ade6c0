package io.akrimqtt.handler.watch;

import io.akrimqtt.messaging.client.ConnectionEvent;
import io.akrimqtt.messaging.client.MessageListener;
import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.SubscribeOptions;
import io.akrimqtt.messaging.client.Subscription;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A client whose server ends the connection of whoever asks for {@code $SYS}. */
final class TouchyClient extends ForwardingClient {

    private final List<Consumer<ConnectionEvent>> listeners = new CopyOnWriteArrayList<>();
    private volatile boolean offended;

    TouchyClient(PubSubClient real) {
        super(real);
    }

    @Override
    public Subscription subscribe(SubscribeOptions options, MessageListener listener) {
        offended |= options.filter().value().startsWith("$SYS");
        return super.subscribe(options, listener);
    }

    @Override
    public void onConnection(Consumer<ConnectionEvent> listener) {
        listeners.add(listener);
        super.onConnection(listener);
    }

    @Override
    public void connect() {
        if (offended) {
            listeners.forEach(each -> each.accept(new ConnectionEvent.Disconnected("closed", false, false)));
        } else {
            super.connect();
        }
    }
}
