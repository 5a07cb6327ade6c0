package io.akrimqtt.handler.report;

import io.akrimqtt.handler.watch.TrackedDevice;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what changed from one report to the next, and counts reports. Thread-safe for what it has counted. */
final class ReportLog {

    private static final Logger LOG = LoggerFactory.getLogger(ReportLog.class);

    /** Up to how many devices of one change are named; more are counted. */
    private static final int NAMED = 20;

    private final LongAdder sent = new LongAdder();
    private final LongAdder suppressed = new LongAdder();
    private final LongAdder ended = new LongAdder();
    private final LongAdder notAdopted = new LongAdder();

    void sent() {
        sent.increment();
    }

    /** A change came to the list that was there before. */
    void suppressed() {
        suppressed.increment();
    }

    void ended(SharedWatch watch, int streams, String reason) {
        ended.add(streams);
        LOG.atInfo()
                .addKeyValue("watch", watch.view().shortName())
                .addKeyValue("streams", streams)
                .addKeyValue("reason", reason)
                .log("discover streams ended, so that the agent asks anew");
    }

    void adopted(SharedWatch watch, int devices, int refused) {
        notAdopted.add(refused);
        LOG.atInfo()
                .addKeyValue("watch", watch.view().shortName())
                .addKeyValue("devices", devices)
                .addKeyValue("refused", refused)
                .log("devices adopted that akri has already");
    }

    long adoptionsRefused() {
        return notAdopted.sum();
    }

    long reportsSuppressed() {
        return suppressed.sum();
    }

    long streamsEnded() {
        return ended.sum();
    }

    long reportsSent() {
        return sent.sum();
    }

    void tell(SharedWatch watch, Report before, Report after) {
        var was = Set.copyOf(before.reported());
        var is = Set.copyOf(after.reported());
        var name = watch.view().shortName();
        var added = after.reported().stream().filter(id -> !was.contains(id)).toList();
        var removed = before.reported().stream().filter(id -> !is.contains(id)).toList();
        devices(name, watch, "device reported to akri", "devices reported to akri", added);
        devices(name, watch, "device taken back from akri", "devices taken back from akri", removed);
        collisions(name, before, after);
        if (!before.refused().equals(after.refused())) {
            LOG.atWarn()
                    .addKeyValue("watch", name)
                    .addKeyValue("refused", new HashMap<>(after.refused()))
                    .addKeyValue("reported", after.reported().size())
                    .addKeyValue("bytes", after.bytes())
                    .log("devices that cannot be reported changed in number");
        }
    }

    private static void devices(String name, SharedWatch watch, String one, String many, List<String> ids) {
        if (ids.size() > NAMED) {
            LOG.atInfo()
                    .addKeyValue("watch", name)
                    .addKeyValue("count", ids.size())
                    .log(many);
            return;
        }
        if (ids.isEmpty()) {
            return;
        }
        Map<String, TrackedDevice> known = new HashMap<>();
        watch.devices().forEach(device -> known.put(device.id(), device));
        for (var id : ids) {
            var line = LOG.atInfo().addKeyValue("watch", name).addKeyValue("device", id);
            @Nullable TrackedDevice device = known.get(id);
            if (device != null) {
                line = line.addKeyValue("presence", device.presence())
                        .addKeyValue("reason", device.evidence().text());
            }
            line.log(one);
        }
    }

    private static void collisions(String name, Report before, Report after) {
        var known = new HashSet<>(before.ids().collisions());
        after.ids().collisions().stream()
                .filter(each -> !known.contains(each))
                .limit(NAMED)
                .forEach(each -> LOG.atWarn()
                        .addKeyValue("watch", name)
                        .addKeyValue("device", each.device())
                        .addKeyValue("other", each.other())
                        .addKeyValue("reported", each.reported())
                        .log("two devices would have had one instance name: one is reported under another id"));
    }
}
