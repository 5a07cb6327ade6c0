package io.akrimqtt.messaging.testing;

import static java.util.concurrent.TimeUnit.SECONDS;

import com.hivemq.configuration.service.InternalConfigurations;
import com.hivemq.embedded.EmbeddedHiveMQ;
import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.client.ServerUrl.Transport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * A HiveMQ CE in this JVM, on free ports of loopback, that lets everybody in: MQTT over TCP and over WebSockets. Its start takes
 * seconds, so share one. It forgets all at {@link #stop()}, unless it was started to keep it.
 */
public final class HiveMqServer implements TestServer {

    private static final long START_SECONDS = 180;

    private final Path folder;
    private final int port;
    private final int webSocketPort;
    private EmbeddedHiveMQ server;
    private boolean closed;

    private HiveMqServer(int port, int webSocketPort, boolean keeping) {
        this.port = port;
        this.webSocketPort = webSocketPort;
        folder = TestFolder.create("hivemq");
        var conf = child("conf");
        TestFolder.write(conf, "config.xml", configuration(port, webSocketPort, keeping));
        InternalConfigurations.AUTH_DENY_UNAUTHENTICATED_CONNECTIONS.set(false);
        server = launch();
    }

    private EmbeddedHiveMQ launch() {
        var launched = EmbeddedHiveMQ.builder()
                .withConfigurationFolder(child("conf"))
                .withDataFolder(child("data"))
                .withExtensionsFolder(child("extensions"))
                .withoutLoggingBootstrap()
                .build();
        await(launched.start());
        return launched;
    }

    /** Starts one and waits until it listens. */
    public static HiveMqServer start() {
        return new HiveMqServer(FreePort.find(), FreePort.find(), false);
    }

    /** Starts one that keeps sessions and retained messages over {@link #stop()}. */
    public static HiveMqServer startKeeping() {
        return new HiveMqServer(FreePort.find(), FreePort.find(), true);
    }

    /** Starts one for MQTT over TCP on this port. */
    public static HiveMqServer startOn(int port) {
        return new HiveMqServer(port, FreePort.find(), false);
    }

    @Override
    public ServerUrl url() {
        return new ServerUrl(Transport.TCP, "localhost", port, "");
    }

    /** Where it listens for WebSockets. */
    public ServerUrl webSocketUrl() {
        return new ServerUrl(Transport.WEBSOCKET, "localhost", webSocketPort, "/mqtt");
    }

    @Override
    public void stop() {
        await(server.stop());
    }

    @Override
    public void startAgain() {
        server = launch();
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            await(server.stop());
            TestFolder.delete(folder);
        }
    }

    private Path child(String name) {
        try {
            return Files.createDirectories(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void await(CompletableFuture<Void> step) {
        try {
            step.get(START_SECONDS, SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("HiveMQ CE does not start or stop", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String configuration(int port, int webSocketPort, boolean keeping) {
        return """
            <hivemq>
              <listeners>
                <tcp-listener><port>%d</port><bind-address>127.0.0.1</bind-address></tcp-listener>
                <websocket-listener>
                  <port>%d</port><bind-address>127.0.0.1</bind-address><path>/mqtt</path>
                  <subprotocols><subprotocol>mqtt</subprotocol></subprotocols>
                </websocket-listener>
              </listeners>
              <persistence><mode>%s</mode></persistence>
              <anonymous-usage-statistics><enabled>false</enabled></anonymous-usage-statistics>
            </hivemq>
            """.formatted(port, webSocketPort, keeping ? "file" : "in-memory");
    }
}
