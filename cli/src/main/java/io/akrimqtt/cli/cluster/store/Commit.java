package io.akrimqtt.cli.cluster.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.akrimqtt.cli.cluster.ObjectStore.Change;

/**
 * One kept write.
 *
 * @param version its place in the order of all writes
 * @param object after it, or as it was last; never written again
 * @param size characters of the object as JSON
 */
record Commit(long version, Ref ref, Change change, ObjectNode object, int size) {}
