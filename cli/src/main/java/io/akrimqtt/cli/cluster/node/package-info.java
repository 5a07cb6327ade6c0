/**
 * A node of the local cluster: kubelet, agent and device plugins, which know each other through the API server and through the
 * kubelet's sockets, here a method call. Start reading at {@code ClusterNode}.
 */
@NullMarked
package io.akrimqtt.cli.cluster.node;

import org.jspecify.annotations.NullMarked;
