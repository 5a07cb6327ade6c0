package io.akrimqtt.monitor.device;

/**
 * How commands go to the device.
 *
 * @param order {@code burst}, {@code after-ack} or {@code after-response}
 * @param resend whether the device knows a repeated request by its id, so that one of which nobody knows whether it was sent is
 *     sent again
 */
public record CommandSettings(String order, boolean resend) {}
