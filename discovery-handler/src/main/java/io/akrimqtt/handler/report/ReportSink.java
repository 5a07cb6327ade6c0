package io.akrimqtt.handler.report;

import io.akrimqtt.proto.akri.v0.DiscoverResponse;

/** Takes complete device lists. */
@FunctionalInterface
public interface ReportSink {

    /** Takes the latest list; one that was not yet passed on is forgotten. Never blocks. */
    void send(DiscoverResponse response);
}
