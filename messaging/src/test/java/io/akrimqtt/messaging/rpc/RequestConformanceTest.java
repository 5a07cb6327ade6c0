package io.akrimqtt.messaging.rpc;

import static io.akrimqtt.messaging.testing.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.akrimqtt.messaging.client.SubscribeOptions;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.message.QualityOfService;
import io.akrimqtt.messaging.message.UserProperty;
import io.akrimqtt.messaging.testing.EachServer;
import io.akrimqtt.messaging.testing.ServerCase;
import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.messaging.topic.TopicTemplate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;

/** PE 5.1: what a request of the mRPC protocol looks like on the wire, as a plain MQTT 5 client sees it. */
class RequestConformanceTest extends TwoClients {

    private Message sent(ServerCase server, CommandRequest request) {
        var came = listen(client(server, "-plain"), device + "/cmd/#");
        invoker(server, properties()).invoke(request, new Calls());
        await().until(() -> !came.isEmpty());
        return came.getFirst();
    }

    @EachServer
    void pe_5_1_topic_qos_and_retain(ServerCase server) {
        if (!server.mqtt5()) {
            return;
        }
        var message = sent(server, request("start", "now"));

        assertThat(message.topic().value()).isEqualTo(device + "/cmd/start");
        assertThat(message.qos()).isEqualTo(QualityOfService.AT_LEAST_ONCE);
        assertThat(message.retain()).isFalse();
    }

    @EachServer
    void pe_5_1_response_topic_is_the_clients_own_and_correlation_has_16_bytes(ServerCase server) {
        if (!server.mqtt5()) {
            return;
        }
        var message = sent(server, request("start", "now"));

        assertThat(message.responseTopic().orElseThrow().value()).isEqualTo("clients/caller/responses");
        var correlation = message.correlationData().orElseThrow();
        assertThat(correlation).hasSize(16);
        assertThat(correlation[6] >> 4 & 0xf).as("version of the UUID").isEqualTo(7);
        assertThat(correlation[8] >> 6 & 0x3).as("variant of the UUID").isEqualTo(2);
    }

    @EachServer
    void pe_5_1_message_expiry_is_the_deadline_rounded_up(ServerCase server) {
        if (!server.mqtt5()) {
            return;
        }
        long begin = System.nanoTime();
        var message = sent(server, CommandRequest.of("start", Payload.EMPTY, Duration.ofMillis(36_200)));
        var underWay = Duration.ofNanos(System.nanoTime() - begin);

        // The server counts the seconds that the message was under way.
        assertThat(message.expiry().orElseThrow())
                .isBetween(Duration.ofSeconds(36 - underWay.toSeconds()), Duration.ofSeconds(37));
    }

    @EachServer
    void pe_5_1_content_type_and_payload_format_indicator_are_set(ServerCase server) {
        if (!server.mqtt5()) {
            return;
        }
        var came = listen(client(server, "-plain"), device + "/cmd/#");
        var invoker = invoker(server, properties());
        invoker.invoke(request("text", "now"), new Calls());
        invoker.invoke(
                CommandRequest.of(
                        "bytes", Payload.of(new byte[] {(byte) 0xff}, "application/json"), Duration.ofSeconds(9)),
                new Calls());
        await().until(() -> came.size() == 2);

        // They go to topics of their own, and a server may hand those on in any order.
        assertThat(came)
                .extracting(Message::utf8, it -> it.contentType().orElse("none"))
                .containsExactlyInAnyOrder(tuple(true, "text/plain"), tuple(false, "application/json"));
    }

    @EachServer
    void pe_5_1_user_properties_name_version_and_source_and_pass_the_callers_own(ServerCase server) {
        if (!server.mqtt5()) {
            return;
        }
        var message = sent(
                server,
                request("start", "now")
                        .withIdempotencyKey("order-7")
                        .withProperty("traceparent", "00-1-2-01")
                        .withProperty("cls", "control")
                        .withProperty("$partition", "p"));

        assertThat(message.userProperties())
                .containsExactly(
                        new UserProperty("__protVer", "1.0"),
                        new UserProperty("__srcId", "caller"),
                        new UserProperty("idem", "order-7"),
                        new UserProperty("traceparent", "00-1-2-01"),
                        new UserProperty("cls", "control"),
                        new UserProperty("$partition", "p"));
    }

    @EachServer
    void pe_5_1_one_way_has_no_response_topic(ServerCase server) {
        if (!server.mqtt5()) {
            return;
        }
        var message = sent(server, new CommandRequest("go", Payload.EMPTY, Duration.ofSeconds(9), true));

        assertThat(message.responseTopic()).isEmpty();
        assertThat(message.correlationData()).isEmpty();
    }

    @EachServer
    void pe_5_1_the_first_level_is_never_a_dollar(ServerCase server) {
        var calls = new Calls();
        var topics = new CommandTopics(TopicTemplate.of("{command}/x"), TopicTemplate.of("x/y"));

        invoker(server, topics, InvokerOptions.of("caller").withWay(WayOfAsking.SINGLE_FLIGHT))
                .invoke(request("$SYS", ""), calls);

        assertThat(calls.failure().status()).isEqualTo(400);
        assertThat(calls.failure().text()).isEqualTo("topic: '$SYS/x' (expected: no '$' at the start)");
    }

    @EachServer
    void pe_5_1_one_subscription_is_granted_before_the_first_request(ServerCase server) {
        if (!server.mqtt5()) {
            return;
        }
        var device = client(server, "-plain");
        device.subscribe(SubscribeOptions.of(TopicFilter.of(this.device + "/cmd/#")), delivery -> {
            var _ = device.publish(Message.to(delivery.message().responseTopic().orElseThrow())
                    .correlationData(delivery.message().correlationData().orElseThrow())
                    .build());
        });
        connect(device);
        var client = client(server, "-caller");
        var invoker = CommandInvoker.create(
                client, properties(), "caller", InstantSource.system(), RandomGenerator.getDefault());
        toClose.add(invoker);
        client.connect();
        await().until(client::connected);
        var all = List.of(new Calls(), new Calls(), new Calls());

        await().untilAsserted(() -> {
            var calls = new Calls();
            invoker.invoke(request("x", ""), calls);
            // The invoker may hear of the connection a moment later than the client says so.
            assertThat(calls.last())
                    .isInstanceOfSatisfying(
                            CommandEvent.Answered.class,
                            it -> assertThat(it.status()).isEqualTo(200));
        });
        all.forEach(it -> invoker.invoke(request("x", ""), it));

        all.forEach(it -> assertThat(it.answer().status()).isEqualTo(200));
    }
}
