package io.akrimqtt.handler.report;

/**
 * The Discover streams of a process at one moment.
 *
 * @param open that live
 * @param waiting of these, that have not been given a list yet
 * @param opened since the start of the process, those that have ended among them
 */
public record StreamCounts(int open, int waiting, long opened) {}
