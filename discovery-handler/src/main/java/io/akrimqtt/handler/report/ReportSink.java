package io.akrimqtt.handler.report;

import io.akrimqtt.proto.akri.v0.DiscoverResponse;

/** Takes complete device lists. */
@FunctionalInterface
public interface ReportSink {

    /** Takes the latest list; one that was not yet passed on is forgotten. Never blocks. */
    void send(DiscoverResponse response);

    /**
     * Ends the stream, so that the agent asks anew; nothing is sent on it any more. Never blocks. A sink that is no stream has nothing
     * to end.
     *
     * @param reason a sentence for people
     */
    default void end(String reason) {}
}
