package io.akrimqtt.cli.command;

import io.akrimqtt.cli.explain.Explainer;
import io.akrimqtt.presence.convention.Ignored;
import java.util.Arrays;

/** Why messages are not taken into account, in sentences. */
final class IgnoredCauses {

    private IgnoredCauses() {}

    /** The sentence of a cause, which may be one that a newer handler knows: then its label tells enough. */
    static String sentence(String cause) {
        return switch (cause) {
            case "too_many_devices" -> "there are more devices than may be known";
            case "device_id_too_long" -> "a device's id or status topic is too long";
            case "late_will" -> "a Last Will that came after the device was back";
            default ->
                Arrays.stream(Ignored.values())
                        .filter(each -> each.label().equals(cause))
                        .findFirst()
                        .map(Explainer::sentence)
                        .orElse(cause.replace('_', ' '));
        };
    }
}
