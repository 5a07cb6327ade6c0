package io.akrimqtt.cli.cluster.rest;

/**
 * Whom a token stands for.
 *
 * @param user the user's name, for example {@code system:serviceaccount:default:akri-mqtt}
 * @param node the node that the token is bound to; empty where it is to none
 */
public record Identity(String user, String node) {

    /** A person with all rights. */
    public static final Identity ADMIN = new Identity("admin", "");
}
