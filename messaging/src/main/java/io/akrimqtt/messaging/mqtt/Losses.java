package io.akrimqtt.messaging.mqtt;

import com.hivemq.client.mqtt.exceptions.ConnectionClosedException;
import com.hivemq.client.mqtt.exceptions.MqttDecodeException;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5DisconnectException;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectReasonCode;
import io.akrimqtt.messaging.mqtt.Loss.Cause;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLException;

/** Reads the client library's exceptions: the one place that knows them. */
final class Losses {

    private Losses() {}

    /**
     * Reads why a connection ended.
     *
     * @param accepted whether the server had accepted the connection before
     * @param byServer whether the server ended it
     */
    static Loss of(Throwable error, boolean accepted, boolean byServer) {
        return find(error, Mqtt5ConnAckException.class)
                .map(Losses::connAck)
                .or(() -> find(error, Mqtt3ConnAckException.class).map(Losses::connAck3))
                .or(() -> find(error, MqttDecodeException.class).map(e -> malformed(e, accepted)))
                .or(() -> find(error, SSLException.class).map(Losses::tls))
                .or(() -> find(error, UnknownHostException.class)
                        .map(e -> new Loss("the host name cannot be resolved: " + text(e), Cause.USUAL)))
                .or(() -> find(error, ConnectException.class)
                        .map(e -> new Loss("nobody answers: " + text(e), Cause.USUAL)))
                .or(() -> find(error, Mqtt5DisconnectException.class).map(e -> disconnect(e, byServer)))
                .or(() -> find(error, ConnectionClosedException.class).map(e -> closed(e, accepted, byServer)))
                .orElseGet(() -> new Loss("the connection failed: " + text(root(error)), Cause.USUAL));
    }

    private static Loss connAck(Mqtt5ConnAckException error) {
        var code = error.getMqttMessage().getReasonCode();
        var reason = error.getMqttMessage()
                .getReasonString()
                .map(text -> " (" + text + ")")
                .orElse("");
        var cause = switch (code) {
            case UNSUPPORTED_PROTOCOL_VERSION -> Cause.VERSION;
            case BAD_USER_NAME_OR_PASSWORD,
                    NOT_AUTHORIZED,
                    BANNED,
                    BAD_AUTHENTICATION_METHOD,
                    CLIENT_IDENTIFIER_NOT_VALID,
                    USE_ANOTHER_SERVER,
                    SERVER_MOVED,
                    TOPIC_NAME_INVALID,
                    PACKET_TOO_LARGE,
                    PAYLOAD_FORMAT_INVALID,
                    RETAIN_NOT_SUPPORTED,
                    QOS_NOT_SUPPORTED -> Cause.REFUSED;
            case SUCCESS,
                    UNSPECIFIED_ERROR,
                    MALFORMED_PACKET,
                    PROTOCOL_ERROR,
                    IMPLEMENTATION_SPECIFIC_ERROR,
                    SERVER_UNAVAILABLE,
                    SERVER_BUSY,
                    QUOTA_EXCEEDED,
                    CONNECTION_RATE_EXCEEDED -> Cause.USUAL;
        };
        return refusal(words(code) + reason, cause);
    }

    private static Loss connAck3(Mqtt3ConnAckException error) {
        var code = error.getMqttMessage().getReturnCode();
        var cause = switch (code) {
            case UNSUPPORTED_PROTOCOL_VERSION -> Cause.VERSION;
            case BAD_USER_NAME_OR_PASSWORD, NOT_AUTHORIZED, IDENTIFIER_REJECTED -> Cause.REFUSED;
            case SUCCESS, SERVER_UNAVAILABLE -> Cause.USUAL;
        };
        return refusal(words(code), cause);
    }

    private static Loss refusal(String words, Cause cause) {
        return new Loss("the MQTT server refused the connection: " + words, cause);
    }

    private static Loss malformed(MqttDecodeException error, boolean accepted) {
        return accepted
                ? new Loss("the MQTT server sent what MQTT does not allow: " + text(error), Cause.MALFORMED)
                : new Loss("the MQTT server's answer is not MQTT 5: " + text(error), Cause.VERSION);
    }

    private static Loss tls(SSLException error) {
        var text = text(root(error));
        if (find(error, CertificateException.class).isPresent()
                || find(error, CertPathValidatorException.class).isPresent()) {
            return new Loss("TLS failed, the server's certificate was not accepted: " + text, Cause.UNTRUSTED);
        }
        return text.contains("alert")
                ? new Loss("the MQTT server refused the TLS handshake: " + text(error), Cause.REFUSED)
                : new Loss("TLS failed: " + text, Cause.USUAL);
    }

    private static Loss disconnect(Mqtt5DisconnectException error, boolean byServer) {
        var code = error.getMqttMessage().getReasonCode();
        if (!byServer) {
            return new Loss("we ended the connection: " + text(error), Cause.USUAL);
        }
        var reason = error.getMqttMessage()
                .getReasonString()
                .map(text -> " (" + text + ")")
                .orElse("");
        var text = "the MQTT server ended the connection: " + words(code) + reason;
        if (code == Mqtt5DisconnectReasonCode.SESSION_TAKEN_OVER) {
            return new Loss(text, Cause.TAKEN_OVER);
        }
        if (code == Mqtt5DisconnectReasonCode.PACKET_TOO_LARGE) {
            return new Loss(text, Cause.TOO_LARGE);
        }
        boolean refused = code == Mqtt5DisconnectReasonCode.NOT_AUTHORIZED
                || code == Mqtt5DisconnectReasonCode.ADMINISTRATIVE_ACTION;
        return new Loss(text, refused ? Cause.REFUSED : Cause.USUAL);
    }

    private static Loss closed(ConnectionClosedException error, boolean accepted, boolean byServer) {
        if (!byServer) {
            var root = root(error);
            return new Loss(
                    "the connection broke: " + text(root),
                    accepted && root instanceof IOException ? Cause.BROKEN : Cause.USUAL);
        }
        return accepted
                ? new Loss("the MQTT server closed the connection without a reason", Cause.CLOSED_BY_SERVER)
                : new Loss("the MQTT server closed the connection before it answered", Cause.CLOSED_EARLY);
    }

    /** {@code NOT_AUTHORIZED} as words. */
    static String words(Enum<?> code) {
        return code.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static <T extends Throwable> Optional<T> find(Throwable error, Class<T> type) {
        for (Throwable each = error; each != null; each = each.getCause()) {
            if (type.isInstance(each)) {
                return Optional.of(type.cast(each));
            }
        }
        return Optional.empty();
    }

    private static Throwable root(Throwable error) {
        var root = error;
        for (var cause = error.getCause(); cause != null; cause = cause.getCause()) {
            root = cause;
        }
        return root;
    }

    private static String text(Throwable error) {
        var message = error.getMessage();
        return message == null ? error.getClass().getSimpleName() : message;
    }
}
