package io.akrimqtt.messaging.client;

/**
 * Gets messages, one after the other and in the order of their arrival on the connection, on a thread of the client. It must
 * not block for long: the client holds back the server meanwhile. What it throws is logged and harms no other message.
 */
@FunctionalInterface
public interface MessageListener {
    void onMessage(Delivery delivery);
}
