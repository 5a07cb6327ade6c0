package io.akrimqtt.helm.story;

import io.akrimqtt.helm.story.Row.Harm;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** What can happen in a factory. */
final class Events {

    /** For a table's title: what is not the cluster's is scaled too. */
    static final String TIMES = "MQTT outage of 10 min in 5 s, brokerGrace of 5 min in 3 s, takeover of 5 min in 2 min";

    private static final Duration OUTAGE = Duration.ofSeconds(5);
    private static final Duration SHORT = Duration.ofMillis(250);

    private final Stage stage;
    private final Cluster cluster;

    /** The node that things happen to: the one with most devices. */
    private String node;

    Events(Stage stage) {
        this.stage = stage;
        this.cluster = stage.cluster;
        this.node = cluster.nodes().getFirst();
    }

    void all() throws IOException {
        happens("MQTT server away for 10 min", Harm.NONE, this::outage);
        happens("link flaps", Harm.NONE, this::flaps);
        happens("handler kill -9", Harm.BEGIN_ANEW, () -> {
            stage.killHandler(node);
            stage.handler(node);
        });
        happens("handler upgrade", Harm.NONE, this::upgrade);
        happens("agent restart", Harm.BEGIN_ANEW, () -> {
            cluster.killAgent(node);
            cluster.startAgent(node);
        });
        happens("handler and agent at once", Harm.BEGIN_ANEW, () -> {
            stage.killHandler(node);
            cluster.killAgent(node);
            cluster.startAgent(node);
            stage.handler(node);
        });
        happens("API server away, meanwhile a device leaves and a handler dies", Harm.BEGIN_ANEW, this::apiAway);
        happens("details edited, and edited back", Harm.NONE, this::edit);
        happens("Secret rotated", Harm.NONE, this::rotation);
        stage.happens("all handlers die and lose their journals", Harm.BEGIN_ANEW, cluster.nodes(), this::journalLost);
        stage.happens("all devices leave at once, and come back", Harm.NONE, cluster.nodes(), this::together);
        happens("node blip of 60 s", Harm.NODE_LOST, () -> cluster.blip(node));
        happens("node lost", Harm.NODE_LOST, () -> {
            cluster.lose(node);
            stage.killHandler(node);
            stage.noticed(node);
        });
        stage.happens("node back", Harm.NONE, List.of(node), () -> {
            cluster.giveBack(node);
            stage.handler(node);
        });
    }

    /** Where every node reports every device. */
    void everywhere() throws IOException {
        stage.happens(
                "all nodes drop the same 20 devices at once, and they come back",
                Harm.NONE,
                cluster.nodes(),
                this::together);
    }

    private void happens(String event, Harm harm, Stage.Event what) throws IOException {
        node = stage.busiest();
        stage.happens(event, harm, List.of(node), what);
    }

    private void outage() {
        stage.server.stop();
        Stage.pass(OUTAGE);
        stage.server.startAgain();
    }

    private void flaps() {
        for (int i = 0; i < 10; i++) {
            stage.line.cut();
            Stage.pass(SHORT);
            stage.line.heal();
            Stage.pass(SHORT);
        }
    }

    /** Without the guard new details wait for a handler or an agent that begins anew. */
    private void edit() {
        var out = few();
        stage.configure(
                text -> text.replace("presence:", "devices: {action: Exclude, items: " + out + "}\n      presence:"));
        if (stage.guarded()) {
            stage.excluded(out);
        }
        stage.rest();
        stage.configure(text -> text);
        stage.living.addAll(out);
    }

    private List<String> few() {
        return stage.living.stream().sorted().limit(1).toList();
    }

    private void upgrade() throws IOException {
        var old = stage.running(node);
        var taken = cluster.streamsTaken(node);
        stage.handler(node);
        // The new one has sent its lists: they come over another connection than the old one's end.
        Awaitility.await()
                .atMost(Duration.ofMinutes(4))
                .until(() -> taken.isEmpty() || !cluster.streamsTaken(node).equals(taken));
        old.terminateReplaced();
    }

    private void apiAway() throws IOException {
        var leaving = few();
        cluster.api(false);
        try {
            stage.leave(leaving);
            stage.running(node).killUnseen();
            Stage.pass(OUTAGE);
        } finally {
            cluster.api(true);
        }
        stage.handler(node);
        stage.rest();
        stage.come(leaving);
    }

    /** Without the guard new credentials wait as details do. */
    private void rotation() {
        stage.secret("spare", "two");
        stage.server.forget("handler");
        stage.server.restart();
        if (stage.guarded()) {
            var leaving = few();
            stage.leave(leaving);
            stage.rest();
            stage.come(leaving);
        }
    }

    private void journalLost() throws IOException {
        for (var node : cluster.nodes()) {
            stage.killHandler(node);
            try (var files = Files.newDirectoryStream(cluster.handlersHere(node), "*.journal*")) {
                for (var file : files) {
                    Files.delete(file);
                }
            }
        }
        stage.handlers(cluster.nodes());
    }

    private void together() {
        var all = List.copyOf(stage.living);
        stage.leave(all);
        stage.rest();
        stage.come(all);
    }
}
