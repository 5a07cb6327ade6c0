package io.akrimqtt.handler.details;

import org.jspecify.annotations.Nullable;

/**
 * Where devices take commands: templates with {@code {device}} (the device's topic, at the start) and {@code {command}}.
 *
 * @param topic for example {@code {device}/cmd/{command}}; no evidence of a device's life
 * @param response where answers come, for example {@code {device}/res/{command}}, or null where there are none
 */
public record CommandTopics(String topic, @Nullable String response) {}
