package io.akrimqtt.cli.agent;

/** What a device plugin answers when the kubelet wants a slot for a pod. */
public sealed interface Allocation {

    /** The pod may start, with the environment that the Instance has. */
    record Granted(Instance instance) implements Allocation {}

    /** The pod must not start: the kubelet fails it with UnexpectedAdmissionError. */
    record Denied(String reason) implements Allocation {}
}
