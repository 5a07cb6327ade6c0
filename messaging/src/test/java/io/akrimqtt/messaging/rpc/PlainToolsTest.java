package io.akrimqtt.messaging.rpc;

import static io.akrimqtt.messaging.testing.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.client.ProtocolVersion;
import io.akrimqtt.messaging.client.SessionOptions;
import io.akrimqtt.messaging.testing.MosquittoServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The other side is Mosquitto's own clients, which know nothing of us. */
class PlainToolsTest extends TwoClients {

    @Test
    void mosquittos_request_client_gets_an_answer_of_our_executor() throws Exception {
        Assumptions.assumeTrue(
                Files.exists(Path.of("/usr/bin/mosquitto_rr")) || System.getenv("CI") != null,
                "mosquitto_rr is not installed");
        try (var server = MosquittoServer.start()) {
            var client = client(server.url(), SessionOptions.clean("device"));
            toClose.add(CommandExecutor.create(
                    client,
                    properties(),
                    Map.of(
                            "shout",
                            it -> CommandReply.ok(Payload.text(it.payload().text() + "!"))),
                    ExecutorOptions.DEFAULT.withStrict(true),
                    InstantSource.system()));
            connect(client);

            var said = run(
                    "mosquitto_rr",
                    "-h",
                    "127.0.0.1",
                    "-p",
                    "" + server.url().port(),
                    "-V",
                    "mqttv5",
                    "-q",
                    "1",
                    "-t",
                    device + "/cmd/shout",
                    "-e",
                    device + "/answers",
                    "-m",
                    "hey",
                    "-W",
                    "15",
                    "-D",
                    "publish",
                    "correlation-data",
                    "0123456789abcdef",
                    "-D",
                    "publish",
                    "message-expiry-interval",
                    "20",
                    "-F",
                    "%D|%P|%C|%F|%p");

            assertThat(said).contains("__protVer:1.0").contains("__stat:200").endsWith("|text/plain|1|hey!\n");
            assertThat(said).startsWith("0123456789abcdef|");
        }
    }

    private static String run(String... command) throws Exception {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor(20, SECONDS)).isTrue();
        return said;
    }

    /** A device made of a shell loop, on either version of MQTT. */
    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void a_device_made_of_mosquitto_sub_and_pub_answers_our_invoker(ProtocolVersion protocol) throws Exception {
        try (var server = MosquittoServer.start()) {
            var asking = client(server.url(), SessionOptions.clean("caller").withProtocol(protocol));
            var invoker = CommandInvoker.create(
                    asking, ids(), "caller", InstantSource.system(), RandomGenerator.getDefault());
            toClose.add(invoker);
            connect(asking);
            var options = "-h 127.0.0.1 -p " + server.url().port() + " -q 1";
            var script = "mosquitto_sub " + options + " -t '" + device + "/cmd/+/+' -F '%t' | while read -r topic; do "
                    + "id=$(echo \"$topic\" | cut -d/ -f4); mosquitto_pub " + options + " -t '" + device
                    + "/res/'$id'/201' -m done; done";
            var shell = new ProcessBuilder(List.of("bash", "-c", script)).start();
            try {
                await().ignoreException(ClassCastException.class).untilAsserted(() -> {
                    var calls = new Calls();
                    invoker.invoke(CommandRequest.of("x", Payload.EMPTY, Duration.ofSeconds(1)), calls);
                    assertThat(calls.answer().status()).isEqualTo(201);
                    assertThat(calls.answer().payload().text()).isEqualTo("done");
                });
            } finally {
                shell.descendants().forEach(ProcessHandle::destroy);
                shell.destroy();
            }
        }
    }
}
