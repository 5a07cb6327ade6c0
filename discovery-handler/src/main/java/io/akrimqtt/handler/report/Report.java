package io.akrimqtt.handler.report;

import io.akrimqtt.proto.akri.v0.Device;
import io.akrimqtt.proto.akri.v0.DiscoverResponse;
import java.util.List;
import java.util.Map;

/**
 * What Akri is told.
 *
 * @param response the complete list, in the order of the ids' bytes
 * @param bytes its size on the wire
 * @param reported the device ids in it, in the same order
 * @param held how many of them are in it only because they may not be dropped yet
 * @param refused how many listed devices are not in it, by reason
 * @param ids under which id each device is reported
 * @param messages of all devices that are listed or reported, those of other nodes and those without a place among them, by device
 */
public record Report(
        DiscoverResponse response,
        int bytes,
        List<String> reported,
        int held,
        Map<Refusal, Integer> refused,
        ReportedIds ids,
        Map<String, Device> messages) {

    /** Before the first. */
    public static final Report NONE = before(ReportedIds.NONE);

    /** Before the first, but with ids that were assigned before a restart of ours. */
    static Report after(Map<String, String> reportedIds) {
        return before(ReportedIds.of(reportedIds));
    }

    private static Report before(ReportedIds ids) {
        return new Report(DiscoverResponse.getDefaultInstance(), 0, List.of(), 0, Map.of(), ids, Map.of());
    }

    /** The same, but with other ids, for the next one. */
    Report with(ReportedIds others) {
        return new Report(response, bytes, reported, held, refused, others, messages);
    }

    public Report {
        reported = List.copyOf(reported);
        refused = Map.copyOf(refused);
        messages = Map.copyOf(messages);
    }
}
