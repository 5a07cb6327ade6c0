package io.akrimqtt.handler.watch;

import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.presence.state.PresenceEvent;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one MQTT server grants of our subscriptions, and which devices it lets us hear nothing of. Confined to the loop. */
final class Grants {

    private static final Logger LOG = LoggerFactory.getLogger(Grants.class);

    private final ServerAccess access;
    private final LiveConnection live;
    private final FilterReach reach;
    private final Supplier<? extends Collection<String>> devices;
    private final Consumer<PresenceEvent> core;
    private List<String> problems = List.of();
    private Set<TopicFilter> refused = Set.of();
    private Set<String> unheard = Set.of();

    /** @param devices the ids of all that are known now */
    Grants(
            ServerAccess access,
            LiveConnection live,
            Supplier<? extends Collection<String>> devices,
            Consumer<PresenceEvent> core) {
        this.access = access;
        this.live = live;
        this.reach = new FilterReach(
                access.settings().details(),
                access.convention().filters(),
                access.convention().prefix());
        this.devices = devices;
        this.core = core;
    }

    List<String> problems() {
        return problems;
    }

    /** The server has answered. */
    void answered(Instant at) {
        var now = live.subscriptionProblems();
        if (!now.equals(problems)) {
            LOG.atWarn()
                    .addKeyValue(LogKey.SERVER, access.url())
                    .addKeyValue(LogKey.REASON, now)
                    .log(
                            now.isEmpty()
                                    ? "MQTT server grants all subscriptions now"
                                    : "MQTT server did not grant all subscriptions as asked");
        }
        problems = now;
        refused = live.refused();
        tell(at);
    }

    /** Devices may have become known since. */
    void tell(Instant at) {
        var now = reach.unheard(refused, devices.get());
        if (!now.equals(unheard)) {
            unheard = now;
            core.accept(new PresenceEvent.Unheard(at, access.server(), now));
        }
    }

    /** Asks again for what was refused. */
    void askAgain() {
        if (!refused.isEmpty()) {
            live.askAgain();
        }
    }
}
