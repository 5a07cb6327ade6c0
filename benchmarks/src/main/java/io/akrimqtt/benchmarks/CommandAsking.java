package io.akrimqtt.benchmarks;

import io.akrimqtt.messaging.client.ConnectionEvent;
import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.client.SessionOptions;
import io.akrimqtt.messaging.client.TlsOptions;
import io.akrimqtt.messaging.mqtt.MqttPubSubClient;
import io.akrimqtt.messaging.rpc.CommandEvent;
import io.akrimqtt.messaging.rpc.CommandExecutor;
import io.akrimqtt.messaging.rpc.CommandHandler;
import io.akrimqtt.messaging.rpc.CommandInvoker;
import io.akrimqtt.messaging.rpc.CommandReply;
import io.akrimqtt.messaging.rpc.CommandRequest;
import io.akrimqtt.messaging.rpc.CommandTopics;
import io.akrimqtt.messaging.rpc.ExecutorOptions;
import io.akrimqtt.messaging.rpc.Payload;
import io.akrimqtt.messaging.topic.TopicTemplate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;

/** A caller and a device of the messaging library, over MQTT 5's request and response. */
final class CommandAsking implements Asking {

    private static final CommandRequest REQUEST =
            CommandRequest.of("echo", Payload.text("12345678"), Duration.ofSeconds(30));

    private final PubSubClient callerClient;
    private final PubSubClient deviceClient;
    private final CommandInvoker caller;
    private final CommandExecutor device;
    private volatile boolean closing;

    /** @param atATime how many are asked at a time, at most */
    CommandAsking(ServerUrl url, int atATime) {
        var topics = new CommandTopics(TopicTemplate.of("device/cmd/{command}"), null);
        deviceClient = client(url, "device");
        CommandHandler echo = request -> CommandReply.ok(request.payload());
        device = CommandExecutor.create(
                deviceClient,
                topics,
                Map.of("echo", echo),
                ExecutorOptions.DEFAULT.withAtATime(2 * atATime),
                InstantSource.system());
        callerClient = client(url, "caller");
        caller = CommandInvoker.create(
                callerClient, topics, "caller", InstantSource.system(), RandomGenerator.getDefault());
        connect(deviceClient);
        connect(callerClient);
    }

    private static PubSubClient client(ServerUrl url, String id) {
        return MqttPubSubClient.create(url, Credentials.NONE, TlsOptions.DEFAULT, SessionOptions.clean(id));
    }

    private static void connect(PubSubClient client) {
        var subscribed = new CountDownLatch(1);
        client.onConnection(event -> {
            if (event instanceof ConnectionEvent.Subscribed) {
                subscribed.countDown();
            }
        });
        client.connect();
        try {
            subscribed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String name() {
        return "commands, MQTT 5";
    }

    @Override
    public void ask(Runnable answered) {
        caller.invoke(REQUEST, event -> {
            switch (event) {
                case CommandEvent.Answered(var status, var _, var text, var _) -> {
                    if (status != 200) {
                        throw new IllegalStateException(status + " " + text);
                    }
                    answered.run();
                }
                case CommandEvent.Failed failed -> {
                    if (!closing) {
                        throw new IllegalStateException(failed.toString());
                    }
                }
                case CommandEvent.Published _, CommandEvent.Accepted _, CommandEvent.InProgress _ -> {}
            }
        });
    }

    @Override
    public void close() {
        closing = true;
        caller.close();
        device.close();
        callerClient.close();
        deviceClient.close();
    }
}
