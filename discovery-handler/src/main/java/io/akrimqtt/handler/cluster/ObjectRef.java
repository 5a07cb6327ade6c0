package io.akrimqtt.handler.cluster;

/**
 * One object as it was read.
 *
 * @param uid differs when an object of the same name was made anew
 * @param resourceVersion of this reading; opaque
 */
public record ObjectRef(String namespace, String name, String uid, String resourceVersion) {}
