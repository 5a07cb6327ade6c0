package io.akrimqtt.handler.report;

import io.akrimqtt.handler.details.WatchKey;
import io.akrimqtt.handler.details.WatchRules;
import io.akrimqtt.handler.watch.DeviceWatch;
import io.akrimqtt.handler.watch.TrackedDevice;
import io.akrimqtt.proto.akri.v0.DiscoverResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One watch and the streams that it serves: when to send what to whom. Confined to the thread of {@link Reporting}; time is an
 * argument.
 */
final class SharedWatch {

    private final WatchKey key;
    private final String name;
    private final DeviceWatch watch;
    private final ReportTimes times;
    private final ReportLog log;
    private final ReportBuilder builder;
    private final Map<ReportSink, Served> streams = new LinkedHashMap<>();
    private Report report;
    private boolean reported;
    private @Nullable Instant changed;
    private Instant idleSince;

    SharedWatch(WatchKey key, String name, DeviceWatch watch, ReportTimes times, ReportLog log, Instant now) {
        this.key = key;
        this.name = name;
        this.watch = watch;
        this.times = times;
        this.log = log;
        this.builder = new ReportBuilder(key.details());
        this.report = Report.after(watch.journal().reportedIds());
        this.idleSince = now;
        this.changed = now;
    }

    /**
     * A stream's state.
     *
     * @param sent the list that it got last, or null before the first
     */
    private record Served(
            Instant opened, Instant resend, @Nullable DiscoverResponse sent) {
        Served with(DiscoverResponse response) {
            return new Served(opened, resend, response);
        }
    }

    void open(ReportSink sink, Instant now) {
        streams.put(sink, new Served(now, ResendSchedule.after(now, now), null));
    }

    void close(ReportSink sink, Instant now) {
        streams.remove(sink);
        if (streams.isEmpty()) {
            idleSince = now;
        }
    }

    void changed(Instant now) {
        if (changed == null) {
            changed = now;
        }
    }

    /** Sends what is due. */
    void tick(Instant now) {
        if (streams.isEmpty()) {
            return;
        }
        boolean waiting = streams.values().stream().anyMatch(each -> firstIsDue(each, now));
        boolean coalesced = changed != null && !now.isBefore(changed.plus(pause()));
        if (waiting || (coalesced && reported)) {
            rebuild();
        }
        streams.replaceAll((sink, served) -> serve(sink, served, now));
    }

    /** How long after its first change a list is sent. */
    private Duration pause() {
        var written = key.details().watch().minPublishInterval();
        return written.equals(WatchRules.DEFAULT.minPublishInterval()) ? times.coalesce() : written;
    }

    private boolean firstIsDue(Served served, Instant now) {
        return served.sent() == null
                && (reported || watch.current().settled() || !now.isBefore(firstAtTheLatest(served)));
    }

    /** Where a watch is young and not settled. */
    private Instant firstAtTheLatest(Served served) {
        boolean some = watch.current().devices().stream().anyMatch(TrackedDevice::listed);
        return served.opened().plus(some ? times.settle() : times.patience());
    }

    private void rebuild() {
        if (changed == null && reported) {
            return;
        }
        changed = null;
        var next = builder.next(report, watch.current());
        log.tell(this, report, next);
        var kept = next.ids().collided();
        if (!kept.equals(report.ids().collided())) {
            watch.journal().reportedIds(kept);
        }
        report = next;
        reported = true;
    }

    private Served serve(ReportSink sink, Served served, Instant now) {
        boolean due = !now.isBefore(served.resend());
        var next =
                due ? new Served(served.opened(), ResendSchedule.after(served.opened(), now), served.sent()) : served;
        if (!reported || (served.sent() == null ? !firstIsDue(served, now) : !due && same(served))) {
            return next;
        }
        sink.send(report.response());
        log.sent();
        return next.with(report.response());
    }

    /** What a stream has already, by identity first: comparing lists costs. */
    @SuppressWarnings("ReferenceEquality") // equal lists that are not the same object are compared after it
    private boolean same(Served served) {
        return served.sent() == report.response() || report.response().equals(served.sent());
    }

    /** When {@link #tick} is wanted at the latest. */
    Instant wakeAt() {
        if (streams.isEmpty()) {
            return idleSince.plus(times.linger());
        }
        var moments = streams.values().stream()
                .map(served -> served.sent() == null ? firstAtTheLatest(served) : served.resend());
        var change = reported && changed != null ? Stream.of(changed.plus(pause())) : Stream.<Instant>empty();
        return Stream.concat(moments, change).min(Instant::compareTo).orElseThrow();
    }

    /** Whether nobody has wanted it for longer than it lingers. */
    boolean over(Instant now) {
        return streams.isEmpty() && !now.isBefore(idleSince.plus(times.linger()));
    }

    boolean idle() {
        return streams.isEmpty();
    }

    Instant idleSince() {
        return idleSince;
    }

    WatchKey key() {
        return key;
    }

    String name() {
        return name;
    }

    DeviceWatch watch() {
        return watch;
    }

    WatchView view() {
        return new WatchView(name, key.details(), watch, report, streams.size());
    }
}
