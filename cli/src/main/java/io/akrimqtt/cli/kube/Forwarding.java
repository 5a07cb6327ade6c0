package io.akrimqtt.cli.kube;

import io.akrimqtt.cli.access.UnreachableException;

/** A way to the ports of pods. Thread-safe. */
interface Forwarding {

    /** Opens one; that nobody listens there, or that it is not allowed, shows with the first connection. */
    Forward open(String namespace, String pod, int port) throws UnreachableException;
}
