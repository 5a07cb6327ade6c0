package io.akrimqtt.monitor.api;

import io.akrimqtt.monitor.access.AccessSettings;
import io.akrimqtt.monitor.api.guard.CallGuard;
import io.akrimqtt.monitor.api.guard.TlsListener;
import io.akrimqtt.monitor.api.guard.Tokens;
import io.akrimqtt.monitor.api.trace.TraceCalls;
import io.akrimqtt.serving.GrpcListener;
import io.akrimqtt.serving.ListenAddress;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The listener of the API, with TLS or without, behind its guard. Thread-safe. */
public final class MonitorListener implements AutoCloseable {

    private final @Nullable GrpcListener plain;
    private final @Nullable TlsListener tls;

    private MonitorListener(@Nullable GrpcListener plain, @Nullable TlsListener tls) {
        this.plain = plain;
        this.tls = tls;
    }

    /**
     * Listens at once.
     *
     * @return null for {@code off}
     * @throws IOException where the address is in use or cannot be had, or certificates or keys cannot be read
     */
    public static @Nullable MonitorListener start(
            ListenAddress address, AccessSettings access, MonitoringService service) throws IOException {
        if (address instanceof ListenAddress.Off) {
            return null;
        }
        var tokens = access.tokens();
        var guard = new CallGuard(access.rules(), tokens == null ? null : Tokens.of(tokens));
        var guarded = guard.before(TraceCalls.before(service));
        return access.certificate() != null && address instanceof ListenAddress.Tcp tcp
                ? new MonitorListener(null, TlsListener.start(tcp, access, guarded))
                : new MonitorListener(GrpcListener.start(address, List.of(guarded)), null);
    }

    /** What the health service answers, for the whole server. */
    public void serving(boolean ready) {
        if (plain != null) {
            plain.serving(ready);
        }
        if (tls != null) {
            tls.serving(ready);
        }
    }

    @Override
    public void close() {
        if (plain != null) {
            plain.close();
        }
        if (tls != null) {
            tls.close();
        }
    }
}
