package io.akrimqtt.monitor.api;

import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.monitor.telemetry.TelemetryQuery;
import io.akrimqtt.monitor.telemetry.TelemetryQuery.From;
import io.akrimqtt.proto.monitoring.v1.WatchTelemetryRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Requests for telemetry, checked. */
final class TelemetryRequests {

    private static final int MAX_FILTERS = 100;
    private static final int MAX_BATCH = 1_000;
    private static final Duration LONGEST = Duration.ofDays(3_650);

    private TelemetryRequests() {}

    /** All that is wrong with a request, one line each, or empty. */
    static Optional<String> problem(WatchTelemetryRequest request) {
        int count = request.getTopicFiltersCount();
        if (count > MAX_FILTERS) {
            return Optional.of("topic_filters: has " + count + " items (expected: at most " + MAX_FILTERS + ")");
        }
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int index = i;
            TopicFilter.problem(request.getTopicFilters(i))
                    .ifPresent(found -> problems.add("topic_filters[" + index + "]: " + found));
        }
        starts(request, problems);
        if (Integer.compareUnsigned(request.getMaxBatch(), MAX_BATCH) > 0) {
            problems.add("max_batch: is " + Integer.toUnsignedString(request.getMaxBatch()) + " (expected: at most "
                    + MAX_BATCH + ")");
        }
        return problems.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", problems));
    }

    private static void starts(WatchTelemetryRequest request, List<String> problems) {
        long given = Stream.of(request.getAfterCursor() != 0, request.hasSince(), request.getLastMessages() != 0)
                .filter(set -> set)
                .count();
        if (given > 1) {
            problems.add("after_cursor, since, last_messages: " + given + " of them are set (expected: one at most)");
        }
        if (request.hasSince() && !sensible(request.getSince())) {
            problems.add("since: is not 0 s to 3650 days");
        }
    }

    private static boolean sensible(com.google.protobuf.Duration value) {
        return value.getSeconds() >= 0
                && value.getSeconds() <= LONGEST.toSeconds()
                && value.getNanos() >= 0
                && value.getNanos() < 1_000_000_000;
    }

    /** What a request without problems asks for. */
    static TelemetryQuery query(WatchTelemetryRequest request) {
        return new TelemetryQuery(
                request.getTopicFiltersList().stream().map(TopicFilter::of).toList(),
                from(request),
                request.getLastValues(),
                request.getConflate(),
                request.getHeldOnly());
    }

    private static From from(WatchTelemetryRequest request) {
        if (request.getAfterCursor() != 0) {
            return new From.Behind(request.getAfterCursor(), request.getAfterEpoch());
        }
        if (request.hasSince()) {
            return new From.Since(Duration.ofSeconds(
                    request.getSince().getSeconds(), request.getSince().getNanos()));
        }
        // More than fits is more than is held.
        int messages = request.getLastMessages();
        return messages == 0 ? new From.Now() : new From.Latest(messages < 0 ? Integer.MAX_VALUE : messages);
    }
}
