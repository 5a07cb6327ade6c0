package io.akrimqtt.cli.access;

/**
 * The workload of one device, wherever it runs: what commands about a device talk to. Each way of getting at one (a local run, an
 * address, a cluster) is an implementation. Thread-safe.
 */
public interface Workload {

    /** The name of its device, for people. */
    String deviceName();

    /** The name of its Instance; the device's name where the Instance is not known. */
    String instance();

    /** What may tell why it does not answer, as the end of a sentence; empty for nothing. */
    String hint();

    /**
     * Opens a way to its gRPC API. A workload that is not there may show only with the first call.
     *
     * @throws UnreachableException where there is no way to it
     */
    WorkloadConnection connect() throws UnreachableException;
}
