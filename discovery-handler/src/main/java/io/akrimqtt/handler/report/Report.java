package io.akrimqtt.handler.report;

import io.akrimqtt.proto.akri.v0.DiscoverResponse;
import java.util.List;
import java.util.Map;

/**
 * What Akri is told.
 *
 * @param response the complete list, in the order of the ids' bytes
 * @param bytes its size on the wire
 * @param reported the device ids in it, in the same order
 * @param refused how many listed devices are not in it, by reason
 * @param ids under which id each device is reported
 */
public record Report(
        DiscoverResponse response, int bytes, List<String> reported, Map<Refusal, Integer> refused, ReportedIds ids) {

    /** Before the first. */
    public static final Report NONE =
            new Report(DiscoverResponse.getDefaultInstance(), 0, List.of(), Map.of(), ReportedIds.NONE);

    /** Before the first, but with ids that were assigned before a restart of ours. */
    static Report after(Map<String, String> reportedIds) {
        return new Report(DiscoverResponse.getDefaultInstance(), 0, List.of(), Map.of(), ReportedIds.of(reportedIds));
    }

    public Report {
        reported = List.copyOf(reported);
        refused = Map.copyOf(refused);
    }
}
