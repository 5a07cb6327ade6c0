package io.akrimqtt.messaging.client;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who the client is. Immutable; never printed. */
public final class Credentials {

    /** Neither user name nor password. */
    public static final Credentials NONE = new Credentials(null, null);

    private final @Nullable String username;
    private final byte @Nullable [] password;

    private Credentials(@Nullable String username, byte @Nullable [] password) {
        this.username = username;
        this.password = password;
    }

    /**
     * Takes a copy of the password.
     *
     * @param username or null for none; MQTT 3.1.1 sends no password without one
     * @param password any bytes, or null for none
     */
    public static Credentials of(@Nullable String username, byte @Nullable [] password) {
        return new Credentials(username, password == null ? null : password.clone());
    }

    public Optional<String> username() {
        return Optional.ofNullable(username);
    }

    /** A copy of the password's bytes. */
    public Optional<byte[]> password() {
        return Optional.ofNullable(password).map(byte[]::clone);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Credentials that
                && Objects.equals(username, that.username)
                && Arrays.equals(password, that.password);
    }

    @Override
    public int hashCode() {
        return 31 * Objects.hashCode(username) + Arrays.hashCode(password);
    }

    @Override
    public String toString() {
        return "Credentials[***]";
    }
}
