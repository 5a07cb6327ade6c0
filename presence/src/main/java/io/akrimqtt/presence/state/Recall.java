package io.akrimqtt.presence.state;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What of a device must survive our death: taken from it, given back to it, and whether it is still the same. Stateless. */
final class Recall {

    private static final long PRIME = 0x9E3779B97F4A7C15L;

    private Recall() {}

    static Memory of(Device device) {
        var servers = new ArrayList<Memory.OfServer>(1);
        for (@Nullable View view = device.views; view != null; view = view.next) {
            servers.add(of(view));
        }
        servers.sort(Comparator.comparingInt(Memory.OfServer::server));
        return new Memory(device.id, device.listed, device.flapping, servers);
    }

    private static Memory.OfServer of(View view) {
        return new Memory.OfServer(
                view.link.server,
                view.presence,
                view.reason.name(),
                Optional.ofNullable(view.reasonTopic),
                Times.instant(view.reasonAt),
                view.stated,
                view.kept,
                farewell(view),
                view.bornTopic == null || view.bornAt == Times.NOT_YET
                        ? Optional.empty()
                        : Optional.of(new Memory.Birth(Times.instant(view.bornAt), view.bornTopic)),
                Optional.ofNullable(view.disbelieved),
                view.doubtDue == Times.NEVER ? Optional.empty() : Optional.of(Times.instant(view.doubtDue)),
                view.doubted,
                Optional.ofNullable(view.gateway)
                        .map(gateway -> new Memory.Gateway(gateway.device(), gateway.after(), view.waiting)),
                queued(view));
    }

    private static Optional<Memory.Farewell> farewell(View view) {
        return view.offlineAt == Times.NOT_YET
                ? Optional.empty()
                : Optional.of(new Memory.Farewell(
                        Times.instant(view.offlineAt),
                        Optional.ofNullable(view.offlineTopic),
                        view.offlinePublished,
                        view.offlineReason.name(),
                        view.going(),
                        view.phase != View.Phase.NONE));
    }

    private static Optional<Memory.Queued> queued(View view) {
        return view.queued == null
                ? Optional.empty()
                : Optional.of(new Memory.Queued(
                        view.queued,
                        view.queuedTopic == null ? "" : view.queuedTopic,
                        view.queuedAwake,
                        view.queuedSleeper));
    }

    /** A number that is another one when the memory is, but for one chance in 2^64. */
    static long fingerprint(Device device) {
        long print = (device.listed ? 1L : 2L) + (device.flapping ? 4L : 0L);
        for (@Nullable View view = device.views; view != null; view = view.next) {
            print += mixed(view);
        }
        return print;
    }

    private static long mixed(View view) {
        long flags = (view.stated ? 1 : 0) | (view.kept ? 2 : 0) | (view.doubted ? 4 : 0) | (view.going() ? 8 : 0);
        flags |= view.phase == View.Phase.NONE ? 0 : 16;
        flags |= (view.waiting ? 32 : 0) | (view.queuedAwake ? 64 : 0) | (view.queuedSleeper ? 128 : 0);
        flags = flags * 8 + ordinal(view.presence);
        flags = flags * 32 + ordinal(view.reason);
        flags = flags * 4 + ordinal(view.offlinePublished);
        flags = flags * 32 + ordinal(view.offlineReason);
        flags = flags * 8 + ordinal(view.disbelieved);
        flags = flags * 8 + ordinal(view.queued);
        long print = mix(view.link.server + 1L, flags);
        print = mix(print, view.reasonAt);
        print = mix(print, hash(view.reasonTopic));
        print = mix(print, view.offlineAt);
        print = mix(print, hash(view.offlineTopic));
        print = mix(print, view.bornAt);
        print = mix(print, hash(view.bornTopic));
        print = mix(print, view.doubtDue);
        print = mix(print, view.queued == null ? 0 : hash(view.queuedTopic));
        return mix(print, view.gateway == null ? 0 : view.gateway.hashCode());
    }

    private static long mix(long print, long value) {
        long mixed = (print ^ value) * PRIME;
        return mixed ^ (mixed >>> 29);
    }

    @SuppressWarnings("EnumOrdinal") // the number lives no longer than the process
    private static long ordinal(@Nullable Enum<?> value) {
        return value == null ? 0 : value.ordinal() + 1L;
    }

    private static long hash(@Nullable String text) {
        return text == null ? 0 : text.hashCode() + 1L;
    }

    /** Gives a view what a memory says; what lies in the future is taken as of now. */
    static void restore(View view, Memory.OfServer memory, long now) {
        view.presence = memory.presence();
        view.reason = reason(memory.why(), Reason.NAMED);
        view.reasonTopic = memory.topic().map(View::clipped).orElse(null);
        view.reasonAt = Math.min(now, Times.of(memory.at()));
        view.stated = memory.stated();
        view.kept = memory.kept();
        view.disbelieved = memory.disbelieved().orElse(null);
        view.doubtDue = memory.doubtDue().map(Times::of).orElse(Times.NEVER);
        view.doubted = memory.doubted();
        memory.gateway().ifPresent(gateway -> {
            view.gateway = gateway;
            view.waiting = gateway.waiting();
        });
        memory.birth().ifPresent(birth -> {
            view.bornAt = Math.min(now, Times.of(birth.at()));
            view.bornTopic = View.clipped(birth.topic());
        });
        memory.farewell().ifPresent(farewell -> restore(view, farewell, now));
        memory.queued().ifPresent(queued -> {
            view.queued = queued.said();
            view.queuedTopic = View.clipped(queued.topic());
            view.queuedAwake = queued.awake();
            view.queuedSleeper = queued.sleeper();
        });
        view.heard = now;
        view.shown = view.presence;
    }

    private static void restore(View view, Memory.Farewell farewell, long now) {
        view.offlineAt = Math.min(now, Times.of(farewell.at()));
        view.offlineTopic = farewell.topic().map(View::clipped).orElse(null);
        view.offlinePublished = farewell.published();
        view.offlineReason = reason(farewell.why(), Reason.SAID_OFFLINE);
        if (farewell.pending()) {
            view.phase = farewell.taken() ? View.Phase.GOING : View.Phase.LEAVING;
        }
    }

    private static Reason reason(String name, Reason otherwise) {
        for (var reason : Reason.values()) {
            if (reason.name().equals(name)) {
                return reason;
            }
        }
        return otherwise;
    }

    /** The servers' parts of a memory that can be taken: each server at most once, and none that there is not. */
    static List<Memory.OfServer> sound(Memory memory, int servers) {
        var taken = new ArrayList<Memory.OfServer>();
        for (var each : memory.servers()) {
            boolean known = each.server() >= 0 && each.server() < servers;
            if (known && taken.stream().noneMatch(other -> other.server() == each.server())) {
                taken.add(each);
            }
        }
        return taken;
    }
}
