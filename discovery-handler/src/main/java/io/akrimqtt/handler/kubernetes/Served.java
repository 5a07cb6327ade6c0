package io.akrimqtt.handler.kubernetes;

import io.akrimqtt.handler.caretaker.ServedDevice;
import io.akrimqtt.handler.caretaker.ServedState;
import io.akrimqtt.handler.caretaker.ServedWatch;
import io.akrimqtt.handler.caretaker.Troubles;
import io.akrimqtt.handler.report.WatchView;
import io.akrimqtt.handler.watch.WatchSnapshot.ServerHealth;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What reporting does now, in the caretaker's words. Pure. */
final class Served {

    /** How the MQTT connection tells of a CONNACK that refuses credentials, whatever the version of MQTT. */
    private static final Pattern CREDENTIALS_REFUSED = Pattern.compile(
            "refused the connection: (bad user name or password|not authorized|banned|bad authentication)");

    private Served() {}

    static ServedState state(
            String node, String handler, Optional<Instant> registeredAt, boolean writes, List<WatchView> views) {
        return new ServedState(
                node,
                handler,
                registeredAt,
                writes,
                views.stream().map(Served::watch).toList());
    }

    private static ServedWatch watch(WatchView view) {
        var servers = view.watch().current().servers();
        return new ServedWatch(
                view.name(),
                view.details(),
                view.streams(),
                view.streamsSince(),
                view.openedAt(),
                view.listSent(),
                servers.stream().anyMatch(Served::credentialsRefused),
                new Troubles(
                        servers.stream()
                                .filter(ServerHealth::unreachable)
                                .map(ServerHealth::url)
                                .collect(Collectors.toUnmodifiableSet()),
                        view.report().refused().values().stream()
                                .mapToInt(Integer::intValue)
                                .sum()),
                view.devices().stream()
                        .map(each -> new ServedDevice(
                                each.id(),
                                each.reportedId(),
                                each.hash(),
                                each.properties(),
                                each.listed(),
                                each.reported()))
                        .toList());
    }

    private static boolean credentialsRefused(ServerHealth server) {
        return !server.connected()
                && CREDENTIALS_REFUSED.matcher(server.problem()).find();
    }
}
