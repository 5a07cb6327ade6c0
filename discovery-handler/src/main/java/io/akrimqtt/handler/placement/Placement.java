package io.akrimqtt.handler.placement;

/** Which nodes report a device. */
public enum Placement {
    /** Each node reports each device. */
    EVERY_NODE,
    /** Exactly one node reports a device; it stays there while that node lives. */
    ONE_NODE
}
