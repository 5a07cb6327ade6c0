package io.akrimqtt.cli.cluster.store;

import io.akrimqtt.cli.cluster.Resource;

/** How the API server merges a list. Maps are granular everywhere here. */
enum ListKind {
    /** As one value. */
    ATOMIC,
    /** Member by member. */
    SET,
    /** Member by member, told apart by {@code uid}; each member is one value. */
    BY_UID;

    private static final FieldPath FINALIZERS = FieldPath.of("metadata", "finalizers");
    private static final FieldPath OWNERS = FieldPath.of("metadata", "ownerReferences");
    private static final FieldPath NODES = FieldPath.of("spec", "nodes");

    /** Of the list at a path; {@code spec.nodes} is a set in the CRD of Akri's Instances. */
    static ListKind at(Resource resource, FieldPath path) {
        if (path.equals(FINALIZERS) || (resource == Resource.INSTANCE && path.equals(NODES))) {
            return SET;
        }
        return path.equals(OWNERS) ? BY_UID : ATOMIC;
    }
}
