package io.akrimqtt.monitor.command;

import io.akrimqtt.messaging.client.PubSubClient;
import io.akrimqtt.messaging.rpc.InvokerOptions;
import io.akrimqtt.messaging.rpc.WayOfAsking;
import io.akrimqtt.monitor.command.life.CommandOrder;
import io.akrimqtt.monitor.command.life.QueueRules;
import io.akrimqtt.monitor.command.life.SendingOrder;
import io.akrimqtt.monitor.device.CommandSettings;
import io.akrimqtt.monitor.device.DeviceDescription;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** What follows from how a device, or the devices of a group, are asked. Immutable. */
public final class DeviceRoutes {

    /** Executors remember requests without an expiry for a minute. */
    private static final Duration MEMORY_BY_TOPIC_IDS = Duration.ofSeconds(58);

    private final DeviceDescription device;
    private final InstantSource clock;
    private final RandomGenerator random;

    public DeviceRoutes(DeviceDescription device, InstantSource clock, RandomGenerator random) {
        this.device = device;
        this.clock = clock;
        this.random = random;
    }

    /** The way over one MQTT server whose client is not connecting yet; empty where no commands are taken. */
    public Optional<CommandRoute> over(PubSubClient client, String clientId) {
        var options = InvokerOptions.of(clientId).withWay(device.way());
        var topics = device.commands();
        var members = device.members();
        if (topics != null) {
            return Optional.of(MqttRoute.create(client, topics, options, clock, random));
        }
        return members != null && members.commanded()
                ? Optional.of(GroupRoute.create(client, members, options, clock, random))
                : Optional.empty();
    }

    /**
     * What the queue goes by. Where answers carry nothing, one command at a time is sent to a device; and a device that sees no id
     * cannot know a request again.
     */
    public QueueRules rules(CommandSettings asked) {
        boolean ids = switch (device.way()) {
            case TOPICS, ENVELOPE -> true;
            case SINGLE_FLIGHT, STATE_ECHO -> false;
        };
        var order = device.way() == WayOfAsking.SINGLE_FLIGHT
                ? SendingOrder.AFTER_RESPONSE
                : SendingOrder.valueOf(asked.order().toUpperCase(Locale.ROOT).replace('-', '_'));
        var memory = byTopicIds() ? MEMORY_BY_TOPIC_IDS : CommandOrder.LONGEST_TIMEOUT;
        return QueueRules.DEFAULT
                .with(order)
                .withRepeatable(asked.resend() && ids, memory)
                .withWritten(device.way() == WayOfAsking.SINGLE_FLIGHT);
    }

    private boolean byTopicIds() {
        var topics = device.commands();
        var members = device.members();
        var request = topics != null ? topics.request() : members == null ? null : members.request();
        return request != null && request.open().contains("request");
    }
}
