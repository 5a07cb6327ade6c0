package io.akrimqtt.messaging.testing;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.client.ServerUrl.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;

/**
 * A Mosquitto of its own on a free port of loopback. It keeps sessions and retained messages over {@link #restart()}.
 *
 * <p>Where Mosquitto is not installed the test is skipped; with {@code CI=true} it fails.
 */
public final class MosquittoServer implements TestServer {

    private static final Duration START = Duration.ofSeconds(60);
    private static final Duration LOOK = Duration.ofMillis(10);
    private static final List<String> PLACES = List.of("/usr/sbin/mosquitto", "/usr/bin/mosquitto");

    private final Path program;
    private final Path folder;
    private final MosquittoOptions options;
    private final int port;
    private final int webSocketPort = FreePort.find();
    private Process process;

    private MosquittoServer(Path program, MosquittoOptions options) {
        this.program = program;
        this.options = options;
        port = options.port == 0 ? FreePort.find() : options.port;
        folder = TestFolder.create("mosquitto");
        TestFolder.write(folder, "mosquitto.conf", configuration());
        process = launch();
    }

    /** Starts one that lets everybody in. */
    public static MosquittoServer start() {
        return options().start();
    }

    /** Collects options for one that is to be started. */
    public static MosquittoOptions options() {
        return new MosquittoOptions();
    }

    static MosquittoServer start(MosquittoOptions options) {
        var program = PLACES.stream().map(Path::of).filter(Files::isExecutable).findFirst();
        if (program.isEmpty() && "true".equals(System.getenv("CI"))) {
            throw new AssertionError("mosquitto: not installed (expected in CI: one of " + PLACES + ")");
        }
        Assumptions.assumeTrue(program.isPresent(), "Mosquitto is not installed: apt-get install mosquitto");
        return new MosquittoServer(program.orElseThrow(), options);
    }

    @Override
    public ServerUrl url() {
        return new ServerUrl(options.certificates == null ? Transport.TCP : Transport.TLS, "localhost", port, "");
    }

    /** Where it listens for WebSockets, if it was told to. */
    public ServerUrl webSocketUrl() {
        var transport = options.certificates == null ? Transport.WEBSOCKET : Transport.WEBSOCKET_TLS;
        return new ServerUrl(transport, "localhost", webSocketPort, "/mqtt");
    }

    public int port() {
        return port;
    }

    /** Ends it as an operator does: it saves its sessions and sends all Last Wills. */
    @Override
    public void stop() {
        process.destroy();
        await();
    }

    /** Ends it as a power failure does. */
    public void kill() {
        process.destroyForcibly();
        await();
    }

    /** Starts it again on the same port, after {@link #stop} or {@link #kill}. */
    @Override
    public void startAgain() {
        process = launch();
    }

    /** From its next start on it does not let this user in. */
    public void forget(String user) {
        options.passwords.remove(user);
        passwordFile();
    }

    /** {@link #stop} and {@link #startAgain}. */
    public void restart() {
        stop();
        startAgain();
    }

    @Override
    public void close() {
        kill();
        if (Files.exists(folder)) {
            TestFolder.delete(folder);
        }
    }

    private Process launch() {
        var command = List.of(
                program.toString(), "-c", folder.resolve("mosquitto.conf").toString());
        Process started;
        try {
            started = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("mosquitto.log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Awaitility.await().atMost(START).pollInterval(LOOK).until(() -> listens() || !started.isAlive());
        if (!started.isAlive()) {
            throw new IllegalStateException("mosquitto ended at once:\n" + log());
        }
        return started;
    }

    private boolean listens() {
        return FreePort.answers(port) && (!options.webSocket || FreePort.answers(webSocketPort));
    }

    /** What it has written since its latest start. */
    public String log() {
        try {
            return Files.readString(folder.resolve("mosquitto.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void await() {
        try {
            if (!process.waitFor(START.toSeconds(), SECONDS)) {
                throw new IllegalStateException("mosquitto does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String configuration() {
        var lines = new ArrayList<String>();
        lines.add("user " + System.getProperty("user.name"));
        lines.add("persistence true");
        lines.add("persistence_location " + folder + "/");
        lines.add("log_type all");
        lines.addAll(options.lines);
        lines.addAll(rights());
        lines.add("listener " + port + " 127.0.0.1");
        lines.addAll(tls());
        if (options.webSocket) {
            lines.add("listener " + webSocketPort + " 127.0.0.1");
            lines.add("protocol websockets");
            lines.addAll(tls());
        }
        return String.join("\n", lines) + "\n";
    }

    private List<String> rights() {
        var lines = new ArrayList<String>();
        lines.add("allow_anonymous " + options.passwords.isEmpty());
        if (!options.passwords.isEmpty()) {
            lines.add("password_file " + passwordFile());
        }
        if (options.acl != null) {
            lines.add("acl_file " + TestFolder.write(folder, "acl", options.acl + "\n"));
        }
        return lines;
    }

    private List<String> tls() {
        var certificates = options.certificates;
        if (certificates == null) {
            return List.of();
        }
        return List.of(
                "cafile " + TestFolder.write(folder, "ca.pem", certificates.authority()),
                "certfile "
                        + TestFolder.write(
                                folder, "server.pem", certificates.server().certificate()),
                "keyfile "
                        + TestFolder.write(
                                folder, "server.key", certificates.server().key()),
                "require_certificate " + options.clientCertificate);
    }

    private Path passwordFile() {
        var text = new StringBuilder();
        options.passwords.forEach((name, password) ->
                text.append(name).append(':').append(password).append('\n'));
        var file = TestFolder.write(folder, "passwords", text.toString());
        try {
            int code = new ProcessBuilder("mosquitto_passwd", "-U", file.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("passwd.log").toFile())
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException("mosquitto_passwd: exit code " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return file;
    }
}
