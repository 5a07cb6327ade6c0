package io.akrimqtt.monitor.device;

/**
 * How commands go to the device.
 *
 * @param order {@code burst}, {@code after-ack} or {@code after-response}
 * @param resend whether the device knows a repeated request by its id, so that one of which nobody knows whether it was sent is
 *     sent again
 * @param retain whether the MQTT servers keep retained messages; one that does not refuses a client with a retained Last Will
 */
public record CommandSettings(String order, boolean resend, boolean retain) {}
