package io.akrimqtt.messaging.rpc;

import static io.akrimqtt.messaging.testing.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.client.SessionOptions;
import io.akrimqtt.messaging.testing.EachServer;
import io.akrimqtt.messaging.testing.MosquittoServer;
import io.akrimqtt.messaging.testing.ServerCase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The other side is Mosquitto's own clients, which know nothing of us. */
class PlainToolsTest extends TwoClients {

    /** Correlation data that are text can pass through a shell: the id is ours to choose. */
    private static final UUID TEXT_ID = new UUID(0x3031323334353637L, 0x3839616263646566L);

    private final AtomicInteger attempts = new AtomicInteger(1);

    @Test
    void mosquittos_request_client_gets_an_answer_of_our_executor() throws Exception {
        assumeInstalled("mosquitto_rr");
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
                    "60",
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
        assertThat(process.waitFor(60, SECONDS)).isTrue();
        return said;
    }

    /** PE 5.1, all of it, as somebody else's client sees it. */
    @EachServer
    void pe_5_1_a_request_as_mosquitto_sub_sees_it(ServerCase server) throws Exception {
        Assumptions.assumeTrue(server.mqtt5(), "MQTT 3.1.1 has no properties");
        assumeInstalled("mosquitto_sub");
        var format = "%t|%q|%r|%R|%D|%E|%C|%F|%P|%p";
        var command = ("mosquitto_sub -h localhost -V mqttv5 -q 1 -C 1 -W 60 -p "
                        + server.url().port())
                .split(" ");
        var arguments = new ArrayList<>(List.of(command));
        arguments.addAll(List.of("-t", device + "/cmd/+", "-F", format));
        var listening = new ProcessBuilder(arguments).redirectErrorStream(true).start();
        var invoker = invoker(server, properties());
        await().until(() -> {
            var asked = CommandRequest.of("start", Payload.text("now"), Duration.ofSeconds(1));
            var calls = new Calls();
            invoker.invoke(asked.withProperty("cls", "control"), TEXT_ID, calls);
            calls.last();
            return !listening.isAlive();
        });

        var seen = new String(listening.getInputStream().readAllBytes(), UTF_8).strip();
        // What is left of a second is 0 or 1.
        assertThat(seen.replace("abcdef|0|", "abcdef|1|").split("\\|"))
                .containsExactly(
                        device + "/cmd/start",
                        "1",
                        "0",
                        "clients/caller/responses",
                        "0123456789abcdef",
                        "1",
                        "text/plain",
                        "1",
                        "__protVer:1.0 __srcId:caller cls:control",
                        "now");
    }

    private static void assumeInstalled(String program) {
        Assumptions.assumeTrue(
                Files.exists(Path.of("/usr/bin/" + program)) || System.getenv("CI") != null,
                program + " is not installed");
    }

    /** A device made of a shell loop, on either version of MQTT, with each server. */
    @EachServer
    void a_device_made_of_mosquitto_sub_and_pub_answers_our_invoker(ServerCase server) throws Exception {
        var read = "while read -r topic; do id=$(echo \"$topic\" | cut -d/ -f4); ";
        try (var _ = shell(server, "cmd/+/+", "%t", read, device + "/res/'$id'/201", "-m done")) {
            answers(invoker(server, ids()), 201, "done");
        }
    }

    /** PE 5.1 and 5.2: it copies what MQTT 5 has for that. */
    @EachServer
    void a_device_made_of_mosquittos_tools_answers_on_the_response_topic(ServerCase server) throws Exception {
        Assumptions.assumeTrue(server.mqtt5(), "MQTT 3.1.1 has no response topic");
        var read = "while IFS='|' read -r to id; do ";
        var options = "-V mqttv5 -D publish correlation-data \"$id\" -D publish user-property __stat 202 -m soon";
        var last = options.replace("202", "201").replace("soon", "done");
        var topics = new CommandTopics(topics("{device}/cmd/{command}"), topics("{device}/res"));
        try (var _ = shell(server, "cmd/+", "%R|%D", read, "$to", options, last)) {
            var invoker = invoker(server, topics);
            await().ignoreException(ClassCastException.class).untilAsserted(() -> {
                var calls = new Calls();
                invoker.invoke(attempt(), TEXT_ID, calls);
                moreTimeAfter(calls.last());
                assertThat(calls.answer().status()).isEqualTo(201);
                assertThat(calls.answer().payload().text()).isEqualTo("done");
                assertThat(calls.events).anyMatch(CommandEvent.Accepted.class::isInstance);
            });
        }
    }

    /** PE 5.6, mode S: it echoes nothing. */
    @EachServer
    void a_device_made_of_mosquittos_tools_that_echoes_nothing(ServerCase server) throws Exception {
        var topics = new CommandTopics(topics("{device}/cmd/{command}"), topics("{device}/res"));
        var options = InvokerOptions.of("caller-" + device.replace('/', '-')).withWay(WayOfAsking.SINGLE_FLIGHT);
        try (var _ = shell(server, "cmd/+", "%p", "while read -r words; do ", device + "/res", "-m \"did $words\"")) {
            answers(invoker(server, topics, options), 200, "did x");
        }
    }

    /** PE 5.6, mode P: it shows its state, and no more. */
    @EachServer
    void a_device_made_of_mosquittos_tools_that_shows_its_state(ServerCase server) throws Exception {
        var topics = new CommandTopics(topics("{device}/cmd/{command}"), topics("{device}/state"));
        var options = InvokerOptions.of("caller-" + device.replace('/', '-')).withWay(WayOfAsking.STATE_ECHO);
        try (var _ = shell(server, "cmd/+", "%p", "while read -r words; do ", device + "/state", "-m \"$words\" -r")) {
            answers(invoker(server, topics, options), 200, "x");
        }
    }

    /** The device may not be there yet, so the first are brief; one that has processes to start may take its time, so later ones are not. */
    private CommandRequest attempt() {
        return CommandRequest.of("x", Payload.text("x"), Duration.ofSeconds(attempts.get()));
    }

    /** Not after those that fail at once, since many do while the answer to an earlier one may still come. */
    private void moreTimeAfter(CommandEvent last) {
        if (last instanceof CommandEvent.Failed failed && failed.status() == 504) {
            attempts.incrementAndGet();
        }
    }

    private void answers(CommandInvoker invoker, int status, String words) {
        await().ignoreException(ClassCastException.class).untilAsserted(() -> {
            var calls = new Calls();
            invoker.invoke(attempt(), calls);
            moreTimeAfter(calls.last());
            assertThat(calls.answer().status()).isEqualTo(status);
            assertThat(calls.answer().payload().text()).isEqualTo(words);
        });
    }

    /** Subscribes, and publishes once per answer for each line that comes. */
    private AutoCloseable shell(
            ServerCase server, String below, String format, String read, String to, String... answers)
            throws Exception {
        assumeInstalled("mosquitto_sub");
        var options = "-h localhost -p " + server.url().port() + " -q 1";
        var version = server.mqtt5() ? " -V mqttv5" : " -V mqttv311";
        var pubs = new StringBuilder();
        for (var answer : answers) {
            pubs.append("mosquitto_pub ")
                    .append(options)
                    .append(answer.contains("-V ") ? "" : version)
                    .append(" -t \"")
                    .append(to.replace("'", ""))
                    .append("\" ")
                    .append(answer)
                    .append("; ");
        }
        var script = "mosquitto_sub " + options + version + " -t '" + device + "/" + below + "' -F '" + format + "' | "
                + read + pubs + " done";
        var shell = new ProcessBuilder(List.of("bash", "-c", script)).start();
        return () -> {
            shell.descendants().forEach(ProcessHandle::destroy);
            shell.destroy();
        };
    }
}
