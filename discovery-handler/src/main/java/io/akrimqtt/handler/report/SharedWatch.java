package io.akrimqtt.handler.report;

import io.akrimqtt.handler.details.WatchKey;
import io.akrimqtt.handler.details.WatchRules;
import io.akrimqtt.handler.watch.DeviceGroups;
import io.akrimqtt.handler.watch.DeviceWatch;
import io.akrimqtt.handler.watch.TrackedDevice;
import io.akrimqtt.proto.akri.v0.DiscoverResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One watch and the streams that it serves: when to send what to whom. Confined to the thread of {@link Reporting}; time is an
 * argument.
 */
final class SharedWatch {

    private final WatchKey key;
    private final String name;
    private final ReportTimes times;
    private final ReportLog log;
    private final ReportBuilder builder;
    private final Map<ReportSink, Served> streams = new LinkedHashMap<>();
    private final Set<String> inherited = new HashSet<>();
    private DeviceWatch watch;
    private Allotment allotment;
    private Report report;
    private boolean reported;
    private int adoptions;
    private @Nullable Instant changed;
    private @Nullable Instant carryingSince;
    private @Nullable Instant opened;
    private Instant idleSince;

    SharedWatch(
            WatchKey key,
            String name,
            DeviceWatch watch,
            ReportTimes times,
            ReportLog log,
            Allotment allotment,
            Instant now) {
        this.key = key;
        this.name = name;
        this.watch = watch;
        this.times = times;
        this.log = log;
        this.allotment = allotment;
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

        Served resentAt(Instant moment) {
            return new Served(opened, moment, sent);
        }
    }

    void open(ReportSink sink, Instant now) {
        opened = now;
        streams.put(sink, new Served(now, resendAfter(now, now), null));
    }

    void close(ReportSink sink, Instant now) {
        if (streams.remove(sink) != null) {
            closed(now);
        }
    }

    private void closed(Instant now) {
        if (streams.values().stream().allMatch(each -> each.sent() == null)) {
            carryingSince = null;
        }
        if (streams.isEmpty()) {
            idleSince = now;
        }
    }

    /** Ends all streams, so that the agent asks anew. */
    void end(String reason, Instant now) {
        log.ended(this, streams.size(), reason);
        var all = List.copyOf(streams.keySet());
        streams.clear();
        closed(now);
        all.forEach(sink -> sink.end(reason));
    }

    void changed(Instant now) {
        if (changed == null) {
            changed = now;
        }
    }

    void allot(Allotment next, Instant now) {
        if (next.equals(allotment)) {
            return;
        }
        boolean otherSight = next.sighted() != allotment.sighted();
        allotment = next;
        changed(now);
        if (otherSight) {
            streams.replaceAll((_, served) -> served.resentAt(resendAfter(served.opened(), now)));
        }
    }

    /** Goes on with another watch; what was reported is handed on to it by {@link #adopting}. */
    void replace(DeviceWatch next, Instant now) {
        watch = next;
        report = report.with(report.ids().and(next.journal().reportedIds()));
        changed(now);
    }

    /** Devices that were reported before our time are in the report until they may be dropped; the watch is told of them. */
    void adopting(Set<String> devices) {
        inherited.addAll(devices);
        adoptions++;
    }

    /** The watch has taken those that it can. */
    void adopted(Instant now) {
        adoptions--;
        changed(now);
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

    /** Sends the latest list, changed or not, to all streams that have had one. */
    void sendAgain(Instant now) {
        if (reported && adoptions == 0) {
            rebuild();
            streams.replaceAll((sink, served) -> served.sent() == null ? served : sent(sink, served, now));
        }
    }

    /** How long after its first change a list is sent. */
    private Duration pause() {
        var written = key.details().watch().minPublishInterval();
        return written.equals(WatchRules.DEFAULT.minPublishInterval()) ? times.coalesce() : written;
    }

    private boolean firstIsDue(Served served, Instant now) {
        return served.sent() == null && !now.isBefore(firstDue(served));
    }

    private Instant firstDue(Served served) {
        if (adoptions > 0 || watch instanceof NoWatch) {
            return Instant.MAX;
        }
        boolean known = reported || watch.current().settled();
        var young = known ? served.opened() : firstAtTheLatest(served);
        var allotted = allotment.ready(name) ? served.opened() : served.opened().plus(times.settle());
        return young.isBefore(allotted) ? allotted : young;
    }

    /** Where a watch is young and not settled. */
    private Instant firstAtTheLatest(Served served) {
        boolean some = devices().stream().anyMatch(TrackedDevice::listed);
        return served.opened().plus(some ? times.settle() : times.patience());
    }

    private void rebuild() {
        if ((changed == null && reported) || adoptions > 0) {
            return;
        }
        changed = null;
        var next = builder.next(report, watch.current(), new Share(allotment, name, inherited));
        inherited.clear();
        log.tell(this, report, next);
        if (reported && next.response().equals(report.response())) {
            log.suppressed();
        }
        var kept = next.ids().collided();
        if (!kept.equals(report.ids().collided())) {
            watch.journal().reportedIds(kept);
        }
        report = next;
        reported = true;
    }

    private Served serve(ReportSink sink, Served served, Instant now) {
        boolean due = !now.isBefore(served.resend());
        var next = due ? served.resentAt(resendAfter(served.opened(), now)) : served;
        if (!reported || (served.sent() == null ? !firstIsDue(served, now) : !due && same(served))) {
            return next;
        }
        return sent(sink, next, now);
    }

    private Served sent(ReportSink sink, Served served, Instant now) {
        sink.send(report.response());
        log.sent();
        if (carryingSince == null) {
            carryingSince = now;
        }
        return served.with(report.response());
    }

    /** Who sees Instances knows better when. */
    private Instant resendAfter(Instant since, Instant now) {
        return allotment.sighted() ? Instant.MAX : ResendSchedule.after(since, now);
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
        var moments = streams.values().stream().map(each -> each.sent() == null ? firstDue(each) : each.resend());
        boolean waits = reported && changed != null && adoptions == 0;
        var change = waits ? Stream.ofNullable(changed).map(at -> at.plus(pause())) : Stream.<Instant>empty();
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

    /** What may be reported: devices, or their groups. */
    List<TrackedDevice> devices() {
        return new DeviceGroups(key.details()).grouped(watch.current()).devices();
    }

    WatchView view() {
        return new WatchView(
                name,
                key.details(),
                watch,
                report,
                streams.size(),
                Optional.ofNullable(carryingSince),
                Optional.ofNullable(opened),
                allotment);
    }
}
