package io.akrimqtt.messaging.rpc;

import java.util.UUID;

/**
 * An answer that no call of this invoker waits for: late, repeated, to a request of an earlier process, foreign or forged.
 *
 * @param correlation of the request that it says it answers; where answers carry none, of the one that it must belong to
 * @param event what it says
 */
public record StrayAnswer(UUID correlation, CommandEvent event) {}
