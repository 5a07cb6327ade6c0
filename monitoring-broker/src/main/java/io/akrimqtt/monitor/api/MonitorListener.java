package io.akrimqtt.monitor.api;

import io.akrimqtt.monitor.access.AccessSettings;
import io.akrimqtt.monitor.api.guard.AccessRotation;
import io.akrimqtt.monitor.api.guard.CallGuard;
import io.akrimqtt.monitor.api.guard.Tokens;
import io.akrimqtt.serving.GrpcListener;
import io.akrimqtt.serving.GrpcSecurity;
import io.akrimqtt.serving.ListenAddress;
import io.akrimqtt.serving.ServerTls;
import io.akrimqtt.serving.ServerTls.ClientCertificates;
import io.grpc.BindableService;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The listener of the API, with TLS or without, behind its guard. What came from files is read again every ten seconds, and renewed
 * where it has changed. Thread-safe.
 */
public final class MonitorListener implements AutoCloseable {

    private static final Duration LOOK = Duration.ofSeconds(10);

    private final GrpcListener listener;
    private final AccessRotation rotation;

    private MonitorListener(GrpcListener listener, AccessRotation rotation) {
        this.listener = listener;
        this.rotation = rotation;
    }

    /**
     * Listens at once.
     *
     * @return null for {@code off}
     * @throws IOException where the address is in use or cannot be had, or certificates or keys cannot be read
     */
    public static @Nullable MonitorListener start(
            ListenAddress address, AccessSettings access, BindableService service, InstantSource clock)
            throws IOException {
        return start(address, access, service, clock, LOOK);
    }

    /** @param look how often to look at files */
    static @Nullable MonitorListener start(
            ListenAddress address, AccessSettings access, BindableService service, InstantSource clock, Duration look)
            throws IOException {
        if (address instanceof ListenAddress.Off) {
            return null;
        }
        @Nullable Tokens tokens = tokens(access, clock);
        var tls = tls(access);
        var guard = new CallGuard(access.rules(), tokens, clock);
        var listener = GrpcListener.start(address, List.of(service), new GrpcSecurity(tls, guard));
        return new MonitorListener(Objects.requireNonNull(listener), AccessRotation.start(access, tls, tokens, look));
    }

    private static @Nullable Tokens tokens(AccessSettings access, InstantSource clock) throws IOException {
        var settings = access.tokens();
        try {
            return settings == null ? null : Tokens.of(settings, clock);
        } catch (IllegalArgumentException e) {
            throw new IOException(String.valueOf(e.getMessage()), e);
        }
    }

    private static @Nullable ServerTls tls(AccessSettings access) throws IOException {
        var certificate = access.certificate();
        var key = access.key();
        if (certificate == null || key == null) {
            return null;
        }
        var authorities = access.clientAuthorities();
        var demanded = authorities == null
                ? ClientCertificates.NONE
                : access.tokens() == null ? ClientCertificates.REQUIRED : ClientCertificates.OPTIONAL;
        try {
            return ServerTls.of(certificate, key, authorities, demanded);
        } catch (IOException e) {
            throw new IOException(
                    "AKRI_MQTT_GRPC_CERT, AKRI_MQTT_GRPC_KEY, AKRI_MQTT_GRPC_CLIENT_CA: " + e.getMessage(), e);
        }
    }

    /** Where it listens, with the port that the system chose. */
    public ListenAddress address() {
        return listener.address();
    }

    /** What the health service answers, for the whole server. */
    public void serving(boolean ready) {
        listener.serving(ready);
    }

    @Override
    public void close() {
        rotation.close();
        listener.close();
    }
}
