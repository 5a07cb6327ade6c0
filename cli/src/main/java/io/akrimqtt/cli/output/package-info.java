/**
 * What people and programs see: events as lines or as JSON Lines, tables, a table that lives. The only place that prints.
 *
 * <p>Start with {@link io.akrimqtt.cli.output.EventType}: the events and their fields are a promise to programs that read
 * them.
 */
@NullMarked
package io.akrimqtt.cli.output;

import org.jspecify.annotations.NullMarked;
