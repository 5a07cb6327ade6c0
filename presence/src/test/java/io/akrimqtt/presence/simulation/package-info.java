/**
 * A world in a box: MQTT servers, devices with habits, links that break, and the real presence table with the real convention in
 * the middle of it. One object owns time and chance; there is no thread and no clock, so an hour takes milliseconds and each run
 * of a seed is the same.
 *
 * <p>Start with {@code Scenario}, which tells a story in verbs, and the classes {@code *ScenariosTest}, which hold them. What came of them is
 * committed as text; its README says how to read and to update it.
 */
@NullMarked
package io.akrimqtt.presence.simulation;

import org.jspecify.annotations.NullMarked;
