package io.akrimqtt.monitor.command;

import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.rpc.CommandCall;
import io.akrimqtt.messaging.rpc.CommandEvent;
import io.akrimqtt.messaging.rpc.CommandInvoker;
import io.akrimqtt.messaging.rpc.CommandRequest;
import java.util.function.Consumer;

/** The way over one MQTT server. Thread-safe. */
public record MqttRoute(PubSubClient client, CommandInvoker invoker) implements CommandRoute {

    @Override
    public boolean connected() {
        return client.connected();
    }

    @Override
    public CommandCall invoke(CommandRequest request, Consumer<CommandEvent> listener) {
        return invoker.invoke(request, listener);
    }
}
