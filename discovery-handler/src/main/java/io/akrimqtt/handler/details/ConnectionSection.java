package io.akrimqtt.handler.details;

import io.akrimqtt.messaging.client.ProtocolVersion;
import io.akrimqtt.messaging.message.QualityOfService;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The sections {@code connection} and {@code tls}. */
final class ConnectionSection {

    private static final Durations.Bounds KEEP_ALIVE =
            new Durations.Bounds(Duration.ofSeconds(1), Duration.ofHours(18), "from 1s to 18h", "");
    private static final Durations.Bounds EXPIRY =
            new Durations.Bounds(Duration.ofSeconds(10), Duration.ofDays(30), "from 10s to 720h", "no session");
    /** Client ids are levels of topics, too: of the fence. */
    private static final Pattern PREFIX = Pattern.compile("[!-~&&[^+#/]]{1,32}");

    /** Servers that speak 3.1.1 need take no more than 23 characters; ten are ours, one is of the second connection. */
    private static final Pattern PREFIX_3 = Pattern.compile("[0-9A-Za-z]{1,12}");

    private static final String PREFIX_3_DEFAULT = "akrimqtt";
    private static final int MAX_NAME = 255;

    private ConnectionSection() {}

    /** Reads {@code connection}, with the defaults for what it leaves out. */
    static ConnectionRules read(Optional<Located> value, Problems problems) {
        return value.flatMap(section -> Fields.of(section, Keys.CONNECTION, problems))
                .map(fields -> read(fields, problems))
                .orElse(ConnectionRules.DEFAULT);
    }

    private static ConnectionRules read(Fields fields, Problems problems) {
        var defaults = ConnectionRules.DEFAULT;
        var word = fields.get("protocol").flatMap(each -> Fields.word(each, List.of("auto", "5", "3.1.1"), problems));
        @Nullable
        ProtocolVersion protocol = word.map(ConnectionSection::protocol).orElse(null);
        boolean three = protocol == ProtocolVersion.MQTT_3_1_1;
        var qos = fields.get("qos").flatMap(each -> Fields.word(each, List.of("1", "2"), problems));
        var keepAlive = fields.get("keepAlive").flatMap(each -> Durations.read(each, KEEP_ALIVE, problems));
        var expiry = fields.get("sessionExpiry").flatMap(each -> Durations.read(each, EXPIRY, problems));
        var prefix = fields.get("clientIdPrefix").flatMap(each -> prefix(each, three, problems));
        return new ConnectionRules(
                protocol,
                qos.filter("2"::equals).map(_ -> QualityOfService.EXACTLY_ONCE).orElse(defaults.qos()),
                keepAlive.orElse(defaults.keepAlive()),
                expiry.orElse(defaults.sessionExpiry()),
                prefix.orElse(three ? PREFIX_3_DEFAULT : defaults.clientIdPrefix()));
    }

    private static @Nullable ProtocolVersion protocol(String word) {
        return switch (word) {
            case "5" -> ProtocolVersion.MQTT_5;
            case "3.1.1" -> ProtocolVersion.MQTT_3_1_1;
            default -> null;
        };
    }

    private static Optional<String> prefix(Located value, boolean three, Problems problems) {
        var expected = three
                ? "with protocol 3.1.1, 1 to 12 letters and digits"
                : "1 to 32 printable ASCII characters without blanks, '+', '#' and '/'";
        var text = Fields.text(value, expected, problems);
        if (text.isPresent() && !(three ? PREFIX_3 : PREFIX).matcher(text.get()).matches()) {
            problems.at(value.node(), value.path(), value.found(), expected);
            return Optional.empty();
        }
        return text;
    }

    /** Reads {@code tls}, with the defaults for what it leaves out. */
    static TlsRules tls(Optional<Located> value, Problems problems) {
        var fields = value.flatMap(section -> Fields.of(section, Keys.TLS, problems));
        if (fields.isEmpty()) {
            return TlsRules.DEFAULT;
        }
        var skip = fields.get().get("insecureSkipVerify").flatMap(each -> Fields.truth(each, problems));
        var name = fields.get().get("serverName").flatMap(each -> name(each, problems));
        return new TlsRules(name.filter(text -> !text.isEmpty()).orElse(null), skip.orElse(false));
    }

    private static Optional<String> name(Located value, Problems problems) {
        var expected = "the name in the servers' certificates, such as mqtt.example.org";
        var text = Fields.text(value, expected, problems);
        boolean bad = text.isPresent()
                && (text.get().length() > MAX_NAME
                        || text.get().chars().anyMatch(c -> c <= ' ' || c > '~' || c == '/' || c == ':'));
        if (bad) {
            problems.at(value.node(), value.path(), value.found(), expected);
            return Optional.empty();
        }
        return text;
    }
}
