package io.akrimqtt.benchmarks;

import io.akrimqtt.messaging.client.ServerUrl;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A Mosquitto of its own, that holds nothing back by itself: the benchmarks do. */
record Mosquitto(Process process, ServerUrl url, int port, Path configuration) implements AutoCloseable {

    private static final List<String> PLACES = List.of("/usr/sbin/mosquitto", "/usr/bin/mosquitto");

    /** @throws IllegalStateException where it is not installed, or does not start */
    static Mosquitto start() throws IOException {
        var program = PLACES.stream()
                .filter(place -> Files.isExecutable(Path.of(place)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Mosquitto is not installed: apt-get install mosquitto"));
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        var file = Files.createTempFile("akri-mqtt-benchmark", ".conf");
        Files.writeString(file, """
                listener %d 127.0.0.1
                allow_anonymous true
                persistence false
                log_type error
                max_queued_messages 1000000
                set_tcp_nodelay true
                """.formatted(port));
        var process = new ProcessBuilder(program, "-c", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        var mosquitto = new Mosquitto(process, ServerUrl.parse("mqtt://127.0.0.1:" + port), port, file);
        mosquitto.await();
        return mosquitto;
    }

    private void await() {
        while (process.isAlive()) {
            try (var socket = new Socket()) {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
                return;
            } catch (IOException e) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
        }
        throw new IllegalStateException("Mosquitto ended with " + process.exitValue());
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        Files.deleteIfExists(configuration);
    }
}
