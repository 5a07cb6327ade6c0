package io.akrimqtt.cli.inspect;

import io.akrimqtt.proto.monitoring.v1.WatchTelemetryRequest;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What somebody wants to see of a device's telemetry.
 *
 * @param filters topic filters; none for all
 * @param lastValues whether to begin with the last value of each topic
 * @param start where to begin, or null for now
 * @param conflate whether the latest of a topic's messages will do
 * @param follow whether to go on with what comes
 * @param base64 payloads that are no text in Base64, not in hexadecimal
 */
public record TelemetryWishes(
        List<String> filters,
        boolean lastValues,
        @Nullable Start start,
        boolean conflate,
        boolean follow,
        boolean base64) {

    /** Where to begin. */
    public sealed interface Start {

        /** What came in so much time before now. */
        record Since(Duration ago) implements Start {}

        /** The latest so many messages. */
        record Latest(int messages) implements Start {}

        /** Behind a cursor of an epoch; 0 where that is not known. */
        record Behind(long cursor, long epoch) implements Start {}
    }

    public TelemetryWishes {
        filters = List.copyOf(filters);
    }

    WatchTelemetryRequest request() {
        var request = WatchTelemetryRequest.newBuilder()
                .addAllTopicFilters(filters)
                .setLastValues(lastValues)
                .setConflate(conflate)
                .setMaxBatch(100)
                .setHeldOnly(!follow);
        switch (start) {
            case Start.Since(var ago) ->
                request.setSince(com.google.protobuf.Duration.newBuilder()
                        .setSeconds(ago.getSeconds())
                        .setNanos(ago.getNano()));
            case Start.Latest(var messages) -> request.setLastMessages(messages);
            case Start.Behind(var cursor, var epoch) ->
                request.setAfterCursor(cursor).setAfterEpoch((int) epoch);
            case null -> {}
        }
        return request.build();
    }
}
