package io.akrimqtt.monitor.command;

import io.akrimqtt.messaging.rpc.CommandCall;
import io.akrimqtt.messaging.rpc.CommandEvent;
import io.akrimqtt.messaging.rpc.CommandRequest;
import java.util.function.Consumer;

/** A way to the device: one MQTT server. Thread-safe. */
public interface CommandRoute {

    /** Whether the MQTT server is connected now. */
    boolean connected();

    /** Sends a request; as {@link io.akrimqtt.messaging.rpc.CommandInvoker#invoke}. */
    CommandCall invoke(CommandRequest request, Consumer<CommandEvent> listener);
}
