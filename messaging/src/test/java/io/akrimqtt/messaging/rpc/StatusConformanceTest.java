package io.akrimqtt.messaging.rpc;

import static io.akrimqtt.messaging.testing.Patience.await;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.testing.EachServer;
import io.akrimqtt.messaging.testing.ServerCase;
import io.akrimqtt.messaging.topic.TopicName;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** PE 5.4: which status an executor gives for what, and that bad requests harm nothing else. */
class StatusConformanceTest extends TwoClients {

    private final AtomicInteger times = new AtomicInteger();
    private int correlations;

    private Message.Builder request(String command) {
        return Message.to(TopicName.of(device + "/cmd/" + command))
                .responseTopic(TopicName.of(device + "/answers"))
                .correlationData(new byte[] {
                    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, (byte) (correlations >> 8), (byte) correlations++
                })
                .expiry(Duration.ofSeconds(30));
    }

    /** Asks one after the other; a last good one must still be done. Gives status, and culprit where there is one. */
    private List<String> statuses(ServerCase server, ExecutorOptions options, List<Message> requests) throws Exception {
        executor(
                server,
                properties(),
                options,
                Map.of(
                        "body", _ -> CommandReply.ok(Payload.text("body")),
                        "none", _ -> CommandReply.ok(Payload.EMPTY),
                        "json",
                                CommandHandler.accepting(Set.of("application/json"), request -> {
                                    times.incrementAndGet();
                                    return CommandReply.ok(request.payload());
                                })));
        var plain = client(server, "-plain");
        var answers = listen(plain, device + "/answers");
        var all = new ArrayList<>(requests);
        all.add(request("body").build());
        for (int i = 0; i < all.size(); i++) {
            int count = i + 1;
            plain.publish(all.get(i)).get(60, SECONDS);
            await().until(() -> answers.size() == count);
        }
        assertThat(answers.getLast().userProperty("__stat")).hasValue("200");
        return answers.subList(0, requests.size()).stream()
                .map(it -> it.userProperty("__stat").orElse("none")
                        + it.userProperty("__propName").map(name -> " " + name).orElse("")
                        + it.userProperty("__propVal").map(name -> " " + name).orElse(""))
                .toList();
    }

    @EachServer
    void pe_5_4_200_with_body_and_204_without(ServerCase server) throws Exception {
        if (!server.mqtt5()) {
            return;
        }
        assertThat(statuses(
                        server,
                        ExecutorOptions.DEFAULT,
                        List.of(request("body").build(), request("none").build())))
                .containsExactly("200", "204");
    }

    @EachServer
    void pe_5_4_each_bad_request_has_its_status_and_its_culprit(ServerCase server) throws Exception {
        if (!server.mqtt5()) {
            return;
        }
        var cases = new LinkedHashMap<Message, String>();
        cases.put(request("what").build(), "404");
        cases.put(request("$SYS").build(), "404");
        cases.put(request("json").text("<a/>").contentType("text/xml").build(), "415 Content Type text/xml");
        cases.put(
                request("json")
                        .payload(new byte[] {(byte) 0xc3, 0x28})
                        .utf8(true)
                        .build(),
                "400 Payload Format Indicator 1");
        cases.put(request("json").userProperty("__protVer", "2.0").build(), "505");
        cases.put(request("json").userProperty("__protVer", "nonsense").build(), "505");
        cases.put(request("json").payload(new byte[1_001]).build(), "413");
        cases.put(request("json").correlationData(new byte[257]).build(), "400 Correlation Data");
        cases.put(request("json").userProperty("idem", "k".repeat(257)).build(), "400 idem");

        assertThat(statuses(
                        server,
                        ExecutorOptions.DEFAULT.withLargest(1_000),
                        cases.keySet().stream().toList()))
                .containsExactlyElementsOf(cases.values());
        assertThat(times).hasValue(0);
    }

    @EachServer
    void pe_5_4_505_names_what_is_supported(ServerCase server) throws Exception {
        if (!server.mqtt5()) {
            return;
        }
        executor(server, properties(), Map.of());
        var plain = client(server, "-plain");
        var answers = listen(plain, device + "/answers");

        plain.publish(request("x").userProperty("__protVer", "8192.0").build()).get(60, SECONDS);
        await().until(() -> answers.size() == 1);

        assertThat(answers.getFirst().userProperty("__supProtMajVer")).hasValue("1");
        assertThat(answers.getFirst().userProperty("__requestProtVer")).hasValue("8192.0");
    }

    @EachServer
    void pe_5_4_a_strict_executor_refuses_what_azures_refuse(ServerCase server) throws Exception {
        if (!server.mqtt5()) {
            return;
        }
        assertThat(statuses(
                        server,
                        ExecutorOptions.DEFAULT.withStrict(true),
                        List.of(
                                request("json").correlationData(null).build(),
                                request("json")
                                        .correlationData(new byte[] {1, 2})
                                        .build(),
                                request("json").expiry(null).build())))
                .containsExactly("400 Correlation Data", "400 Correlation Data 0102", "400 Message Expiry");
        assertThat(times).hasValue(0);
    }

    @EachServer
    void an_answer_that_cannot_be_sent_is_told_in_words_that_can(ServerCase server) throws Exception {
        if (!server.mqtt5()) {
            return;
        }
        executor(server, properties(), Map.of("x", _ -> CommandReply.failed(400, "bad \ud800 text")));
        var plain = client(server, "-plain");
        var answers = listen(plain, device + "/answers");

        plain.publish(request("x").payload("x".getBytes(StandardCharsets.UTF_8)).build())
                .get(60, SECONDS);
        await().until(() -> answers.size() == 1);

        assertThat(answers.getFirst().userProperty("__stat")).hasValue("500");
        assertThat(answers.getFirst().userProperty("__stMsg"))
                .hasValue("the device's answer cannot be sent: not by MQTT's rules");
    }
}
