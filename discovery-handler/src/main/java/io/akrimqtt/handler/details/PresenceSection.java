package io.akrimqtt.handler.details;

import io.akrimqtt.presence.convention.StatusTopic;
import io.akrimqtt.presence.state.PresenceRules;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The section {@code presence}.
 *
 * @param status where devices state their presence
 * @param rules silence and grace
 */
record PresenceSection(List<StatusTopic> status, PresenceRules rules) {

    private static final Durations.Bounds SILENCE =
            new Durations.Bounds(Duration.ofSeconds(1), Duration.ofDays(30), "from 1s to 720h", "never");
    private static final Durations.Bounds GRACE =
            new Durations.Bounds(Duration.ZERO, Duration.ofHours(1), "from 0s to 1h", "");

    /** Reads the section, with the defaults for what it leaves out. */
    static PresenceSection read(Optional<Located> value, Problems problems) {
        var fields = value.flatMap(section -> Fields.of(section, Keys.PRESENCE, problems));
        if (fields.isEmpty()) {
            return new PresenceSection(StatusTopic.DEFAULTS, PresenceRules.DEFAULT);
        }
        var rules = PresenceRules.DEFAULT;
        var silence = fields.get().get("silenceTimeout").flatMap(each -> silence(each, problems));
        if (silence.isPresent()) {
            rules = rules.withSilenceTimeout(silence.get());
        }
        var grace = fields.get().get("offlineGrace").flatMap(each -> Durations.read(each, GRACE, problems));
        if (grace.isPresent()) {
            rules = rules.withOfflineGrace(grace.get());
        }
        var status = fields.get().get("status").map(each -> StatusSection.read(each, problems));
        return new PresenceSection(status.orElse(StatusTopic.DEFAULTS), rules);
    }

    private static Optional<Duration> silence(Located value, Problems problems) {
        if (value.found().equals("'auto'")) {
            problems.at(value.node(), value.path(), "'auto' is not supported yet", SILENCE.expected());
            return Optional.empty();
        }
        return Durations.read(value, SILENCE, problems);
    }
}
