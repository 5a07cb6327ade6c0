package io.akrimqtt.handler.details;

import io.akrimqtt.presence.convention.StatusTopic;
import io.akrimqtt.presence.state.PresenceRules;
import io.akrimqtt.presence.state.PresenceRules.Retained;
import io.akrimqtt.presence.state.PresenceRules.Silence;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The section {@code presence}.
 *
 * @param status where devices state their presence
 * @param rules silence, grace and their kin
 * @param watch audits and the pace of reports
 */
record PresenceSection(List<StatusTopic> status, PresenceRules rules, WatchRules watch) {

    private static final Duration MONTH = Duration.ofDays(30);
    private static final Duration DAY = Duration.ofHours(24);
    private static final Durations.Bounds SILENCE =
            new Durations.Bounds(Duration.ofSeconds(1), MONTH, "from 1s to 720h", "never");
    private static final Durations.Bounds SILENCE_OR_AUTO =
            new Durations.Bounds(Duration.ofSeconds(1), MONTH, "from 1s to 720h, or auto", "never");
    private static final Durations.Bounds GRACE =
            new Durations.Bounds(Duration.ZERO, Duration.ofHours(1), "from 0s to 1h", "");
    private static final Durations.Bounds SETTLE =
            new Durations.Bounds(Duration.ZERO, Duration.ofMinutes(5), "from 0s to 5m", "");
    private static final Durations.Bounds SERVER_GRACE = new Durations.Bounds(Duration.ZERO, DAY, "from 0s to 24h", "");
    private static final Durations.Bounds PROBATION =
            new Durations.Bounds(Duration.ofSeconds(1), DAY, "from 1s to 24h", "");
    private static final Durations.Bounds AUDIT =
            new Durations.Bounds(Duration.ofSeconds(10), DAY, "from 10s to 24h", "never");
    private static final Durations.Bounds INTERVAL =
            new Durations.Bounds(Duration.ofMillis(100), Duration.ofMinutes(1), "from 100ms to 1m", "");

    private static final PresenceSection DEFAULT =
            new PresenceSection(StatusTopic.DEFAULTS, PresenceRules.DEFAULT, WatchRules.DEFAULT);

    /** Reads the section, with the defaults for what it leaves out. */
    static PresenceSection read(Optional<Located> value, Problems problems) {
        return value.flatMap(section -> Fields.of(section, Keys.PRESENCE, problems))
                .map(fields -> read(fields, problems))
                .orElse(DEFAULT);
    }

    private static PresenceSection read(Fields fields, Problems problems) {
        var status = fields.get("status").map(each -> StatusSection.read(each, problems));
        var audit = fields.get("audit").flatMap(each -> Durations.read(each, AUDIT, problems));
        var interval = fields.get("minPublishInterval").flatMap(each -> Durations.read(each, INTERVAL, problems));
        var watch = new WatchRules(
                audit.orElse(WatchRules.DEFAULT.audit()),
                WatchRules.DEFAULT.maxDevices(),
                interval.orElse(WatchRules.DEFAULT.minPublishInterval()));
        return new PresenceSection(status.orElse(StatusTopic.DEFAULTS), rules(fields, problems), watch);
    }

    private static PresenceRules rules(Fields fields, Problems problems) {
        var rules = PresenceRules.DEFAULT;
        rules = fields.get("silenceTimeout")
                .flatMap(each -> silence(each, problems))
                .map(rules::with)
                .orElse(rules);
        var reader = new Object() {
            PresenceRules with(
                    PresenceRules before,
                    String key,
                    Durations.Bounds bounds,
                    BiFunction<PresenceRules, Duration, PresenceRules> set) {
                return fields.get(key)
                        .flatMap(each -> Durations.read(each, bounds, problems))
                        .map(duration -> set.apply(before, duration))
                        .orElse(before);
            }
        };
        rules = reader.with(rules, "offlineGrace", GRACE, PresenceRules::withOfflineGrace);
        rules = reader.with(rules, "settle", SETTLE, PresenceRules::withSettle);
        rules = reader.with(rules, "brokerGrace", SERVER_GRACE, PresenceRules::withServerGrace);
        rules = reader.with(rules, "probation", PROBATION, PresenceRules::withProbation);
        rules = reader.with(rules, "sleepTimeout", SILENCE, PresenceRules::withSleepTimeout);
        var retained = fields.get("retained").flatMap(each -> retained(each, problems));
        var damping = fields.get("flapDamping").flatMap(each -> Fields.truth(each, problems));
        return rules.with(retained.orElse(rules.retained())).withFlapDamping(damping.orElse(rules.flapDamping()));
    }

    private static Optional<Silence> silence(Located value, Problems problems) {
        if (value.found().equals("'auto'")) {
            return Optional.of(new Silence(PresenceRules.DEFAULT.silence().timeout(), true, true));
        }
        return Durations.read(value, SILENCE_OR_AUTO, problems).map(timeout -> new Silence(timeout, false, true));
    }

    private static Optional<Retained> retained(Located value, Problems problems) {
        return Fields.word(value, List.of("probation", "alive", "ignore"), problems)
                .map(word -> switch (word) {
                    case "alive" -> Retained.ALIVE;
                    case "ignore" -> Retained.IGNORE;
                    default -> Retained.PROBATION;
                });
    }
}
