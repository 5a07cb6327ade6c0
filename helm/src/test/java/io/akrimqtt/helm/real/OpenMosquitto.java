package io.akrimqtt.helm.real;

import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.testing.FreePort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A Mosquitto on this machine that pods reach.
 *
 * @param url as pods know it
 */
record OpenMosquitto(Process process, ServerUrl url) implements AutoCloseable {

    /** @param address of this machine */
    static OpenMosquitto start(Path folder, String address) throws IOException {
        int port = FreePort.find();
        var file = Files.writeString(folder.resolve("mosquitto.conf"), """
                listener %d 0.0.0.0
                allow_anonymous true
                max_queued_messages 0
                """.formatted(port));
        var process = new ProcessBuilder("/usr/sbin/mosquitto", "-c", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("mosquitto.log").toFile())
                .start();
        return new OpenMosquitto(process, new ServerUrl(ServerUrl.Transport.TCP, address, port, ""));
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
