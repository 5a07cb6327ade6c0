package io.akrimqtt.messaging.rpc;

import io.akrimqtt.messaging.client.ProtocolVersion;
import org.jspecify.annotations.Nullable;

/**
 * How an invoker asks.
 *
 * @param clientId the client's, for the default topic of answers and as the source of requests
 * @param announceCancel tells the device when a command is taken back: the same topic and correlation again, with the user property
 *     {@code cancel}. Executors of ours stop; others of the mRPC protocol take it for the same request again and do nothing. Not
 *     for devices that do every message they get
 * @param repeatAfterSessionLoss sends what is not answered again when the server has lost the session, with the same correlation:
 *     an executor that did it answers again. Not for devices that do every message they get
 * @param spoken what the client speaks, for an invoker that is made when it is connected already; null before that
 */
public record InvokerOptions(
        String clientId,
        WayOfAsking way,
        boolean announceCancel,
        boolean repeatAfterSessionLoss,
        @Nullable ProtocolVersion spoken) {

    /** For a client that is not connected yet. */
    public InvokerOptions(String clientId, WayOfAsking way, boolean announceCancel, boolean repeatAfterSessionLoss) {
        this(clientId, way, announceCancel, repeatAfterSessionLoss, null);
    }

    /** By topics; neither announces nor repeats. */
    public static InvokerOptions of(String clientId) {
        return new InvokerOptions(clientId, WayOfAsking.TOPICS, false, false);
    }

    public InvokerOptions withWay(WayOfAsking value) {
        return new InvokerOptions(clientId, value, announceCancel, repeatAfterSessionLoss, spoken);
    }

    public InvokerOptions withAnnounceCancel(boolean value) {
        return new InvokerOptions(clientId, way, value, repeatAfterSessionLoss, spoken);
    }

    public InvokerOptions withRepeatAfterSessionLoss(boolean value) {
        return new InvokerOptions(clientId, way, announceCancel, value, spoken);
    }

    /** For a client that is connected already. */
    public InvokerOptions withSpoken(@Nullable ProtocolVersion value) {
        return new InvokerOptions(clientId, way, announceCancel, repeatAfterSessionLoss, value);
    }
}
