package io.akrimqtt.cli.cluster;

/**
 * Who asks, and how.
 *
 * @param user the user's name, as admission sees it, for example {@code system:serviceaccount:akri:akri-agent-sa}
 * @param node the node that the user's token is bound to; empty where it is to none
 * @param fieldManager of the write
 * @param dryRun everything is decided, nothing is kept
 */
public record Caller(String user, String node, String fieldManager, boolean dryRun) {

    /** A person with all rights. */
    public static final Caller ADMIN = new Caller("admin", "", "kubectl", false);

    /** Another field manager. */
    public Caller as(String manager) {
        return new Caller(user, node, manager, dryRun);
    }
}
