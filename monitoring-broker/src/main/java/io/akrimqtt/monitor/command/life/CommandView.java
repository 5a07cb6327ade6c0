package io.akrimqtt.monitor.command.life;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A command as it stands.
 *
 * @param order without the payload once it has ended
 * @param size of the request's payload in bytes
 * @param latest what was last told of it
 * @param sent null where it was not sent
 * @param late the device's answer that came after the command had timed out, or null
 */
public record CommandView(
        CommandOrder order,
        int size,
        Instant submitted,
        Instant until,
        @Nullable Instant sent,
        CommandUpdate latest,
        @Nullable CommandUpdate late) {}
