package io.akrimqtt.cli.agent;

import java.time.Duration;
import java.util.List;

/** What is to be done for the device plugins of a node, in this order. */
sealed interface PluginEffect {

    /** Make a write, then send {@link PluginInput.Written}. */
    record Write(long write, ApiCall call) implements PluginEffect {}

    /** Send {@link PluginInput.Started} after a while. */
    record Start(Duration after) implements PluginEffect {}

    /** Send {@link PluginInput.RetryDue} after a while; replaces an earlier one of the same Instance. */
    record Retry(String key, long attempt, Duration after) implements PluginEffect {}

    /** Tell the kubelet what there is of a device now. */
    record Publish(String instance, String configuration, List<Boolean> healthy) implements PluginEffect {}

    /** Tell the kubelet that a plugin ended. */
    record Withdraw(String instance) implements PluginEffect {}

    /** Answer the kubelet. */
    record Answer(long call, Allocation allocation) implements PluginEffect {}
}
