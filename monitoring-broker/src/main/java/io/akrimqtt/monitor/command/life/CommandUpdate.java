package io.akrimqtt.monitor.command.life;

import java.time.Instant;

/**
 * What a caller is told.
 *
 * @param id the command's, chosen here, the same in all its updates
 * @param at when it was known here
 */
public record CommandUpdate(String id, Instant at, CommandOutcome outcome) {}
