package io.akrimqtt.messaging.rpc;

/** Nobody wants to know. */
enum NoProgress implements CommandProgress {
    INSTANCE;

    @Override
    public void accepted(String text) {}

    @Override
    public void step(Payload payload, String text) {}
}
