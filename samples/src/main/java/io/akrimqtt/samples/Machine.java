package io.akrimqtt.samples;

import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.topic.TopicName;
import java.util.Locale;
import java.util.random.RandomGenerator;

/**
 * What a simulated device is.
 *
 * @param topic the device's topic; all that it publishes is below
 * @param kind what it measures
 * @param announces whether it has a retained status with a Last Will; else its telemetry is the only sign of life
 * @param commanded whether it takes commands
 */
public record Machine(TopicName topic, Kind kind, boolean announces, boolean commanded) {

    /** What a device measures. */
    public enum Kind {
        PRESS("force"),
        OVEN("temperature"),
        ROBOT("joints"),
        THERMOMETER("temp"),
        ARM("joints"),
        PUMP("pressure/outlet");

        private final String measures;

        Kind(String measures) {
            this.measures = measures;
        }
    }

    static Machine factory(String area, String name, Kind kind) {
        return new Machine(TopicName.of("factory/" + area + "/" + name), kind, true, true);
    }

    static Machine announced(String topic, Kind kind) {
        return new Machine(TopicName.of(topic), kind, true, false);
    }

    static Machine silent(String topic, Kind kind) {
        return new Machine(TopicName.of(topic), kind, false, false);
    }

    /** The last level of the topic. */
    public String name() {
        return topic.value().substring(topic.value().lastIndexOf('/') + 1);
    }

    /** A retained word on the device's status topic: its birth, its Last Will. */
    Message status(String word) {
        return Message.to(TopicName.of(topic + "/status"))
                .text(word)
                .retain(true)
                .build();
    }

    /** Where its measurements go. */
    TopicName telemetryTopic() {
        return TopicName.of(topic + "/" + kind.measures);
    }

    /**
     * A measurement as a message.
     *
     * @param speed in percent of the machine's usual speed
     */
    Message telemetry(RandomGenerator random, int speed) {
        return Message.to(telemetryTopic())
                .text(measure(random, speed))
                .contentType("application/json")
                .build();
    }

    /** In JSON. Faster machines press harder, get hotter, turn further. */
    String measure(RandomGenerator random, int speed) {
        double load = speed / 100.0;
        return switch (kind) {
            case PRESS -> reading("force", random.nextGaussian(180 + 120 * load, 4), "kN");
            case OVEN -> reading("temperature", random.nextGaussian(120 + 60 * load, 0.8), "Cel");
            case ROBOT, ARM -> joints(random, load);
            case THERMOMETER -> reading("temperature", random.nextGaussian(21, 0.3), "Cel");
            case PUMP -> reading("pressure", random.nextGaussian(6, 0.2), "bar");
        };
    }

    private static String reading(String name, double value, String unit) {
        return String.format(Locale.ROOT, "{\"%s\":%.1f,\"unit\":\"%s\"}", name, value, unit);
    }

    private static String joints(RandomGenerator random, double load) {
        return String.format(
                Locale.ROOT,
                "{\"joints\":[%.1f,%.1f,%.1f],\"unit\":\"deg\"}",
                load * random.nextDouble(-90, 90),
                load * random.nextDouble(-45, 45),
                load * random.nextDouble(-90, 90));
    }
}
