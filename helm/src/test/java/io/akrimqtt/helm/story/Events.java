package io.akrimqtt.helm.story;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;

/** What can happen in a factory. */
final class Events {

    private static final Duration SHORT = Duration.ofMillis(400);

    private final Stage stage;
    private final Cluster cluster;
    private final String first;

    Events(Stage stage) {
        this.stage = stage;
        this.cluster = stage.cluster;
        this.first = cluster.nodes().getFirst();
    }

    void all() throws IOException {
        stage.happens("MQTT server away for longer than its grace", this::outage);
        stage.happens("link flaps", this::flaps);
        stage.happens("handler kill -9", () -> {
            stage.killHandler(first);
            stage.handler(first);
        });
        stage.happens("handler upgrade", this::upgrade);
        stage.happens("agent restart", () -> {
            cluster.killAgent(first);
            cluster.startAgent(first);
        });
        stage.happens("handler and agent at once", () -> {
            stage.killHandler(first);
            cluster.killAgent(first);
            cluster.startAgent(first);
            stage.handler(first);
        });
        stage.happens("API server away", this::apiAway);
        stage.happens("Secret rotated", this::rotation);
        stage.happens(
                "details edited", () -> stage.configure(text -> text.replace("offlineGrace: 2s", "offlineGrace: 3s")));
        stage.happens("journal lost", this::journalLost);
        stage.happens("all devices leave at once, and come back", this::together);
        stage.happens("node blip", () -> {
            lose();
            Stage.pass(cluster.noticed().multipliedBy(3).dividedBy(2));
            giveBack();
        });
        stage.happens("node lost", this::lose);
        stage.happens("node back", this::giveBack);
    }

    private void outage() {
        stage.server.stop();
        Stage.pass(Duration.ofSeconds(12));
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

    private void upgrade() throws IOException {
        var old = stage.running(first);
        stage.handler(first);
        old.terminateReplaced();
    }

    private void apiAway() throws IOException {
        var leaving = stage.living.stream().sorted().limit(1).toList();
        cluster.api(false);
        try {
            stage.leave(leaving);
            stage.running(first).killUnseen();
            Stage.pass(Duration.ofSeconds(10));
        } finally {
            cluster.api(true);
        }
        stage.handler(first);
        stage.rest();
        stage.come(leaving);
    }

    private void rotation() {
        stage.secret("spare", "two");
        stage.server.forget("handler");
        stage.server.restart();
    }

    private void journalLost() throws IOException {
        for (var node : cluster.nodes()) {
            stage.killHandler(node);
            try (var files = Files.newDirectoryStream(cluster.handlersHere(node), "*.journal*")) {
                for (var file : files) {
                    Files.delete(file);
                }
            }
            stage.handler(node);
        }
    }

    private void together() {
        var all = List.copyOf(stage.living);
        stage.leave(all);
        stage.rest();
        stage.come(all);
    }

    private void lose() {
        cluster.lose(first);
        stage.killHandler(first);
    }

    private void giveBack() throws IOException {
        cluster.giveBack(first);
        stage.handler(first);
    }
}
