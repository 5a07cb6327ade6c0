package io.akrimqtt.cli.capture;

import io.akrimqtt.cli.recording.Recorded;
import io.akrimqtt.messaging.client.ServerUrl;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** How far a recording has come. Confined to the thread that writes. */
public final class Progress {

    /** What there is to see of one MQTT server. */
    private static final class OfServer {
        private final String url;
        private String state = "connecting";
        private boolean reached;
        private long retained;
        private long live;

        private OfServer(String url) {
            this.url = url;
        }
    }

    /** For a table. */
    public static final List<String> HEADINGS = List.of("MQTT SERVER", "STATE", "RETAINED", "LIVE");

    private final List<OfServer> servers = new ArrayList<>();
    private long bytes;
    private String reason = "";

    Progress(List<ServerUrl> urls) {
        urls.forEach(url -> servers.add(new OfServer(url.toString())));
    }

    void count(Recorded recorded, long size) {
        bytes = size;
        switch (recorded) {
            case Recorded.Connected(var _, var server, var protocol) -> {
                servers.get(server).state = "reading what is retained, MQTT " + protocol;
                servers.get(server).reached = true;
            }
            case Recorded.Disconnected(var _, var server, var why) -> servers.get(server).state = "away: " + why;
            case Recorded.RetainedRead(var _, var server, var _, var why) ->
                servers.get(server).state = why.isEmpty() ? "listening" : "listening, but " + why;
            case Recorded.Retained(var _, var server, var _) -> servers.get(server).retained++;
            case Recorded.Published(var _, var server, var _, var _) -> servers.get(server).live++;
            case Recorded.Ended _ -> {}
        }
    }

    void ended(String why, long size) {
        reason = why;
        bytes = size;
    }

    /** One row for each server. */
    public List<List<String>> rows() {
        return servers.stream()
                .map(each -> List.of(each.url, each.state, Long.toString(each.retained), Long.toString(each.live)))
                .toList();
    }

    /** How many messages are written. */
    public long messages() {
        return servers.stream().mapToLong(each -> each.retained + each.live).sum();
    }

    /** How large the recording is. */
    public long bytes() {
        return bytes;
    }

    /** Why it ended; empty before. */
    public String reason() {
        return reason;
    }

    /** The servers that never accepted a connection, with what is wrong. */
    public List<String> unreached() {
        return IntStream.range(0, servers.size())
                .mapToObj(servers::get)
                .filter(each -> !each.reached)
                .map(each -> each.url + ": " + each.state)
                .toList();
    }
}
