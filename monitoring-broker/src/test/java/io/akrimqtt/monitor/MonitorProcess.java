package io.akrimqtt.monitor;

import static org.awaitility.Awaitility.await;

import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.testing.FreePort;
import io.akrimqtt.messaging.testing.ServerCase;
import io.akrimqtt.proto.monitoring.v1.MonitoringGrpc;
import io.akrimqtt.proto.monitoring.v1.MonitoringGrpc.MonitoringBlockingStub;
import io.akrimqtt.serving.GrpcChannels;
import io.akrimqtt.serving.GrpcConnection;
import io.akrimqtt.serving.ListenAddress;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** The program itself, as a process of its own. */
public final class MonitorProcess implements AutoCloseable {

    /** More than any step of a test takes. */
    public static final Duration SOON = Duration.ofSeconds(60);

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Map<String, String> environment;
    private final Path folder;
    private final int httpPort = FreePort.find();
    private final List<GrpcConnection> connections = new ArrayList<>();
    private Process process;

    private MonitorProcess(Map<String, String> environment, List<String> arguments) {
        try {
            folder = Files.createTempDirectory("monitor");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.environment = new HashMap<>(environment);
        this.environment.putIfAbsent("AKRI_MQTT_HTTP_LISTEN", "127.0.0.1:" + httpPort);
        this.environment.putIfAbsent("AKRI_MQTT_GRPC_LISTEN", "unix:" + folder.resolve("s"));
        process = launch(arguments);
    }

    /**
     * Leaves out what only long runs try: each server with each version. Others try MQTT 5 on one and 3.1.1 on the other.
     *
     * @param fiveOnMosquitto which of the two pairs
     */
    public static void thinOut(ServerCase on, boolean fiveOnMosquitto) {
        boolean wanted = on.mqtt5() == (on.server().equals("Mosquitto") == fiveOnMosquitto);
        Assumptions.assumeTrue(wanted || Boolean.getBoolean("long"), "runs with -Plong");
    }

    /** Starts one with just this environment and these arguments. */
    public static MonitorProcess start(Map<String, String> environment, String... arguments) {
        return new MonitorProcess(environment, List.of(arguments));
    }

    /** Starts one for a device, and waits until it is ready. */
    public static MonitorProcess ready(ServerUrl server, String device, Map<String, String> more) {
        var environment = new HashMap<>(Map.of(
                "MQTT_DEVICE_ID",
                device,
                "MQTT_SERVER_URLS",
                server.toString(),
                "MQTT_TOPICS",
                device + "/#",
                "HOSTNAME",
                "pod-of-the-test"));
        environment.putAll(more);
        var started = start(environment);
        started.awaitReady();
        return started;
    }

    private Process launch(List<String> arguments) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED",
                "-Dlogback.configurationFile=logback.xml",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                "io.akrimqtt.monitor.MonitorMain"));
        command.addAll(arguments);
        var builder = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it says that it is ready. */
    public void awaitReady() {
        await().atMost(SOON).untilAsserted(() -> {
            if (!process.isAlive()) {
                throw new IllegalStateException("it ended:\n" + text("err"));
            }
            var answer = get("/readyz");
            if (answer.statusCode() != 200) {
                throw new AssertionError(answer.body() + text("err"));
            }
        });
    }

    /** Asks its HTTP listener. */
    public HttpResponse<String> get(String path) {
        try {
            return HTTP.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + path))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("no answer to " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /** A connection to its API. */
    public GrpcConnection connect() {
        var connection = GrpcChannels.open(ListenAddress.parse("unix:" + folder.resolve("s")));
        connections.add(connection);
        return connection;
    }

    /** Its API, for a minute: what never comes must fail a test and not hold it up. */
    public MonitoringBlockingStub api() {
        return MonitoringGrpc.newBlockingStub(connect().channel()).withDeadlineAfter(60, TimeUnit.SECONDS);
    }

    /** As {@code kill -9} does. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** As {@code kill} does; waits for the end. */
    public int terminate() {
        process.destroy();
        return awaitEnd();
    }

    /** Closes its standard input. */
    public void closeInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the end and gives the exit code. */
    public int awaitEnd() {
        try {
            if (!process.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("it does not end:\n" + text("err"));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return process.exitValue();
    }

    /** Starts it again, with the same environment. */
    public void startAgain() {
        process = launch(List.of());
        awaitReady();
    }

    /** The process's id. */
    public long pid() {
        return process.pid();
    }

    public int httpPort() {
        return httpPort;
    }

    /** What it wrote to {@code out} or {@code err} since its latest start. */
    public String text(String stream) {
        try {
            // It may be in the middle of a character.
            return new String(Files.readAllBytes(folder.resolve(stream)), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        connections.forEach(GrpcConnection::close);
        kill();
        for (var name : List.of("out", "err", "s")) {
            folder.resolve(name).toFile().delete();
        }
        folder.toFile().delete();
    }
}
