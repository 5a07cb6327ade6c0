package io.akrimqtt.presence.state;

/**
 * Counts since the table was made.
 *
 * @param devices how many devices there are now
 * @param refusedDevices messages of devices that were one too many
 * @param refusedIds messages of devices whose id is too long, or that stated something on a topic too long to be read again
 * @param lateWills offline statements that the server's retained message refuted: somebody had announced the device again
 */
public record PresenceCounts(int devices, long refusedDevices, long refusedIds, long lateWills) {}
