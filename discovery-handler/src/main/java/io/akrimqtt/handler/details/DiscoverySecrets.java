package io.akrimqtt.handler.details;

import io.akrimqtt.messaging.client.Credentials;
import io.akrimqtt.messaging.client.TlsOptions;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a Configuration's {@code discoveryProperties}: {@code mqtt_username}, {@code mqtt_password}, {@code mqtt_ca},
 * {@code mqtt_cert} and {@code mqtt_key}, or the same with another prefix that the details name for a server. Others are not ours and not looked at; an empty value counts as none. No problem ever
 * shows a value. Thread-safe.
 */
public final class DiscoverySecrets {

    /** What problems call the document. */
    public static final String NAME = "discoveryProperties";

    /** The largest value in bytes. */
    static final int MAX_BYTES = 64 * 1024;

    private final Map<String, byte[]> properties;
    private final String prefix;
    private final List<Problem> problems = new ArrayList<>();

    private DiscoverySecrets(Map<String, byte[]> properties, String prefix) {
        this.properties = properties;
        this.prefix = prefix;
    }

    /** What came of reading them. */
    public sealed interface Result {
        /** All is well. */
        record Accepted(Credentials credentials, TlsOptions tls) implements Result {}

        /** Something is wrong. */
        record Refused(List<Problem> problems) implements Result {
            public Refused {
                problems = List.copyOf(problems);
            }
        }
    }

    /** Reads those with the prefix {@code mqtt}; total. */
    public static Result read(Map<String, byte[]> properties) {
        return read(properties, WatchedServer.CREDENTIALS);
    }

    /** Reads those with a prefix; total. */
    public static Result read(Map<String, byte[]> properties, String prefix) {
        return new DiscoverySecrets(properties, prefix).read();
    }

    private Result read() {
        @Nullable String username = text(name("username"));
        if (username != null && username.chars().anyMatch(Character::isISOControl)) {
            problem(name("username"), "text with a control character, perhaps a line end", "a user name alone");
        }
        byte @Nullable [] password = bytes(name("password"));
        @Nullable String authorities = pem(name("ca"), Pem::certificatesProblem);
        @Nullable String certificate = pem(name("cert"), Pem::certificatesProblem);
        @Nullable String key = pem(name("key"), Pem::keyProblem);
        if (present(name("cert")) != present(name("key"))) {
            var missing = present(name("cert")) ? name("key") : name("cert");
            problem(missing, "missing", "both of " + name("cert") + " and " + name("key") + ", or none");
        }
        return problems.isEmpty()
                ? new Result.Accepted(
                        Credentials.of(username, password), new TlsOptions(authorities, certificate, key, null, false))
                : new Result.Refused(problems);
    }

    private String name(String what) {
        return prefix + "_" + what;
    }

    private interface PemCheck {
        Optional<String> problem(String pem);
    }

    private @Nullable String pem(String name, PemCheck check) {
        @Nullable String text = text(name);
        if (text != null) {
            check.problem(text).ifPresent(found -> problem(name, found, "PEM, such as a Secret's tls.crt or tls.key"));
        }
        return text;
    }

    private boolean present(String name) {
        byte @Nullable [] value = properties.get(name);
        return value != null && value.length > 0;
    }

    private byte @Nullable [] bytes(String name) {
        byte @Nullable [] value = properties.get(name);
        if (value == null || value.length == 0) {
            return null;
        }
        if (value.length > MAX_BYTES) {
            problem(name, value.length + " bytes", "at most " + MAX_BYTES);
            return null;
        }
        return value;
    }

    private @Nullable String text(String name) {
        byte @Nullable [] value = bytes(name);
        if (value == null) {
            return null;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString();
        } catch (CharacterCodingException _) {
            problem(name, "bytes that are no UTF-8", "text in UTF-8");
            return null;
        }
    }

    private void problem(String name, String found, String expected) {
        problems.add(new Problem(NAME, 1, 1, name, found, expected));
    }
}
