package io.akrimqtt.cli.kube;

import io.akrimqtt.serving.ListenAddress;

/** A port of a pod, on loopback of this machine, until it is closed. Thread-safe. */
interface Forward extends AutoCloseable {

    /** Where it is; whoever connects is connected to the pod. */
    ListenAddress address();

    /** Why connections are not made, in words that go on after a semicolon; empty where nothing is known. */
    String problem();

    @Override
    void close();
}
