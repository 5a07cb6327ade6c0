package io.akrimqtt.cli.local;

import com.hivemq.configuration.service.InternalConfigurations;
import com.hivemq.embedded.EmbeddedHiveMQ;
import io.akrimqtt.messaging.client.ServerUrl;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * HiveMQ CE in this process, on loopback, open to everybody on this machine, with all in memory. It tells nobody about itself,
 * and logs to a file. At most one per process: HiveMQ's settings are the JVM's. Thread-safe.
 */
final class EmbeddedServer implements AutoCloseable {

    private static final long START_SECONDS = 60;
    private static final long STOP_SECONDS = 5;

    private final EmbeddedHiveMQ hiveMq;
    private final int port;
    private final ServerLog log;

    private EmbeddedServer(EmbeddedHiveMQ hiveMq, int port, ServerLog log) {
        this.hiveMq = hiveMq;
        this.port = port;
        this.log = log;
    }

    /**
     * Starts it and waits until it listens.
     *
     * @param port 1 to 65535, or 0 for any free one
     * @param folder for its files
     */
    static EmbeddedServer start(int port, Path folder, Path logFile) throws LocalRunException {
        int free = free(port);
        try {
            var conf = Files.createDirectories(folder.resolve("conf"));
            Files.writeString(conf.resolve("config.xml"), configuration(free));
            var log = ServerLog.to(logFile);
            InternalConfigurations.AUTH_DENY_UNAUTHENTICATED_CONNECTIONS.set(false);
            // All is in memory: what still wants to be written at the end need not be waited for.
            InternalConfigurations.PERSISTENCE_SHUTDOWN_GRACE_PERIOD_MSEC.set(50);
            var hiveMq = EmbeddedHiveMQ.builder()
                    .withConfigurationFolder(conf)
                    .withDataFolder(Files.createDirectories(folder.resolve("data")))
                    .withExtensionsFolder(Files.createDirectories(folder.resolve("extensions")))
                    .withoutLoggingBootstrap()
                    .build();
            var server = new EmbeddedServer(hiveMq, free, log);
            await(hiveMq.start(), START_SECONDS);
            return server;
        } catch (IOException | ExecutionException | TimeoutException e) {
            throw new LocalRunException("the embedded MQTT server does not start; see " + logFile, e);
        }
    }

    private static int free(int port) throws LocalRunException {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
            return socket.getLocalPort();
        } catch (IOException _) {
            throw new LocalRunException("port " + port + " of 127.0.0.1 is in use, perhaps by another MQTT server"
                    + " (expected: a free port for the embedded MQTT server; choose one with --mqtt-port, for example"
                    + " --mqtt-port 1884, or 0 for any)");
        }
    }

    private static void await(CompletableFuture<Void> step, long seconds) throws ExecutionException, TimeoutException {
        try {
            step.get(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static String configuration(int port) {
        return """
            <hivemq>
              <listeners>
                <tcp-listener><port>%d</port><bind-address>127.0.0.1</bind-address></tcp-listener>
              </listeners>
              <persistence><mode>in-memory</mode></persistence>
              <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>
            </hivemq>
            """.formatted(port);
    }

    /** Where it listens. */
    ServerUrl url() {
        return new ServerUrl(ServerUrl.Transport.TCP, "127.0.0.1", port, "");
    }

    /** Stops it; waits 5 s at most. */
    @Override
    public void close() {
        try {
            await(hiveMq.stop(), STOP_SECONDS);
        } catch (ExecutionException | TimeoutException _) {
            // The process ends; nothing on disk is worth waiting for.
        }
        log.close();
    }
}
