package io.akrimqtt.cli.agent;

import org.jspecify.annotations.Nullable;

/** What can happen to the device plugins of a node. */
sealed interface PluginInput {

    /** An Instance is there, new or changed in whatever way. */
    record Seen(InstanceView instance) implements PluginInput {}

    /** An Instance is no more. */
    record Gone(String namespace, String name) implements PluginInput {}

    /**
     * A write of {@link PluginEffect.Write} is over.
     *
     * @param failure what the API server said, or null
     */
    record Written(long write, @Nullable String failure) implements PluginInput {}

    /** The plugin at the head of the queue has started. */
    record Started() implements PluginInput {}

    /** The time of a {@link PluginEffect.Retry} has come. */
    record RetryDue(String key, long attempt) implements PluginInput {}

    /** The kubelet wants a slot for a pod; {@code call} is answered. */
    record Allocate(long call, String instance, int slot) implements PluginInput {}
}
