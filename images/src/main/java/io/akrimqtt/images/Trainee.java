package io.akrimqtt.images;

import io.akrimqtt.messaging.testing.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The program that is trained, as a process: started, ready, ended by SIGTERM. It writes what it has learned at its end. */
final class Trainee {

    private final Process process;
    private final int port;
    private final HttpClient http = HttpClient.newHttpClient();

    private Trainee(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts it with these settings and nothing else; its output goes to ours. */
    static Trainee start(List<String> command, Map<String, String> settings) throws IOException {
        int port = FreePort.find();
        var builder = new ProcessBuilder(command).inheritIO();
        builder.environment().clear();
        builder.environment().putAll(settings);
        builder.environment().put("AKRI_MQTT_HTTP_LISTEN", "127.0.0.1:" + port);
        return new Trainee(builder.start(), port);
    }

    /** Waits until it is ready. */
    void ready() {
        Awaitility.await("the program is ready").atMost(Lesson.PATIENCE).until(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("the program ended with " + process.exitValue());
            }
            return answers("/readyz");
        });
    }

    /** Whether a page of it is served well. */
    boolean answers(String page) {
        try {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + page))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode() == 200;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Ends it as a cluster does, and waits until it has written. */
    void end() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(Lesson.PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            kill();
            throw new IllegalStateException("the program does not end");
        }
    }

    void kill() {
        process.destroyForcibly();
    }
}
