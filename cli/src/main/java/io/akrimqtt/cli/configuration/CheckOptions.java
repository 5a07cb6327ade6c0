package io.akrimqtt.cli.configuration;

/**
 * What a check goes by beside the files.
 *
 * @param nodeNameLength how long the names of the nodes are, which become part of the pods' names
 * @param handlerName the name that our discovery handler registers under
 * @param cluster whether the files may refer to what is in the cluster only: else what they refer to has to be in them
 */
public record CheckOptions(int nodeNameLength, String handlerName, boolean cluster) {

    /** How long a node's name is taken to be where nobody tells: long enough for most clouds' short host names. */
    public static final int NODE_NAME_LENGTH = 32;

    /** The name that our handler registers under unless told otherwise. */
    public static final String HANDLER_NAME = "mqtt";

    /** For a cluster of which nothing is known. */
    public static final CheckOptions CLUSTER = new CheckOptions(NODE_NAME_LENGTH, HANDLER_NAME, true);
}
