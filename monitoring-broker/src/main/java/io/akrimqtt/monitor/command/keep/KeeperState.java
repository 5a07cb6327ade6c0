package io.akrimqtt.monitor.command.keep;

/**
 * How well commands are kept.
 *
 * @param durable whether they outlive this process
 * @param problem why not, or what else is wrong, one sentence; empty where all is well
 * @param refused how many records were found that could not be read
 */
public record KeeperState(boolean durable, String problem, long refused) {}
