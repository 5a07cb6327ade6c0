package io.akrimqtt.cli.endtoend;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Devices made of Mosquitto's command-line clients and a shell, with nothing of ours in them. */
final class MosquittoDevices implements AutoCloseable {

    private final int port;
    private final List<Process> processes = new ArrayList<>();

    MosquittoDevices(int port) {
        this.port = port;
    }

    /** Publishes each line that it is given, and has a Last Will of {@code offline} on its status topic. */
    Sensor sensor(String topic) throws IOException {
        var process = start(List.of(
                "mosquitto_pub",
                "-h",
                "127.0.0.1",
                "-p",
                Integer.toString(port),
                "-q",
                "1",
                "-t",
                topic + "/temp",
                "-l",
                "--will-topic",
                topic + "/status",
                "--will-payload",
                "offline",
                "--will-qos",
                "1"));
        return new Sensor(process);
    }

    /** A device that is on the wire as long as its process lives. */
    record Sensor(Process process) {

        Sensor says(String value) throws IOException {
            var writer = new BufferedWriter(process.outputWriter(StandardCharsets.UTF_8));
            writer.write(value + "\n");
            writer.flush();
            return this;
        }

        /** Dies without a word: the MQTT server finds the socket closed and publishes the Last Will. */
        void kill() {
            process.destroyForcibly();
        }
    }

    /** Answers each command by topic ids, on MQTT 3.1.1, with {@code did <payload>}. */
    void answerer(String topic) throws IOException {
        var client = "-h 127.0.0.1 -p " + port + " -V mqttv311 -q 1";
        start(List.of(
                "sh",
                "-c",
                "mosquitto_sub " + client + " -t '" + topic + "/cmd/+/+' -F '%t %p' | while read -r topic payload; do"
                        + " request=$(echo \"$topic\" | cut -d/ -f4);"
                        + " mosquitto_pub " + client + " -t \"" + topic
                        + "/res/$request/200\" -m \"did $payload\"; done"));
    }

    /** Publishes one message and goes. */
    void publish(String topic, String payload) throws IOException, InterruptedException {
        start(List.of(
                        "mosquitto_pub",
                        "-h",
                        "127.0.0.1",
                        "-p",
                        Integer.toString(port),
                        "-q",
                        "1",
                        "-t",
                        topic,
                        "-m",
                        payload))
                .waitFor();
    }

    private Process start(List<String> command) throws IOException {
        var process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        processes.add(process);
        return process;
    }

    @Override
    public void close() {
        for (var process : processes) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }
}
