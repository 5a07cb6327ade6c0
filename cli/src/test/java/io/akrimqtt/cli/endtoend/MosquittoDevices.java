package io.akrimqtt.cli.endtoend;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Devices made of Mosquitto's command-line clients and a shell, with nothing of ours in them. */
final class MosquittoDevices implements AutoCloseable {

    private final String server;
    private final List<Process> processes = new ArrayList<>();

    MosquittoDevices(int port) {
        server = "-h 127.0.0.1 -p " + port;
    }

    /** Publishes a temperature each second, and has a Last Will of {@code offline} on its status topic. */
    Sensor sensor(String topic) throws IOException {
        return new Sensor(start("while :; do echo 71; sleep 1; done | mosquitto_pub " + server + " -q 1 -t " + topic
                + "/temp -l --will-topic " + topic + "/status --will-payload offline --will-qos 1"));
    }

    /** A device that is on the wire as long as its process lives. */
    record Sensor(Process process) {

        /** Dies without a word: the MQTT server finds the socket closed and publishes the Last Will. */
        void kill() {
            end(process);
        }
    }

    /**
     * Publishes a temperature each second and answers each command by topic ids, on MQTT 3.1.1, with {@code did <payload>}.
     */
    void answerer(String topic) throws IOException {
        var client = server + " -V mqttv311 -q 1";
        start("while :; do echo 20; sleep 1; done | mosquitto_pub " + client + " -t " + topic + "/temp -l");
        start("mosquitto_sub " + client + " -t '" + topic + "/cmd/+/+' -F '%t %p' | while read -r topic payload; do"
                + " request=$(echo \"$topic\" | cut -d/ -f4);"
                + " mosquitto_pub " + client + " -t \"" + topic + "/res/$request/200\" -m \"did $payload\"; done");
    }

    private Process start(String script) throws IOException {
        var process = new ProcessBuilder("sh", "-c", script)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        processes.add(process);
        return process;
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    @Override
    public void close() {
        processes.forEach(MosquittoDevices::end);
    }
}
