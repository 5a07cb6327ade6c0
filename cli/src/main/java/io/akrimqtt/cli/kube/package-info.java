/**
 * Looks at akri-mqtt in a Kubernetes cluster with its user's own rights: Instances and pods through the API server, the programs' gRPC
 * APIs through ports that the API server forwards. Changes nothing in the cluster, and listens on loopback only.
 *
 * <p>Start with {@link io.akrimqtt.cli.kube.ClusterInspector}.
 */
@NullMarked
package io.akrimqtt.cli.kube;

import org.jspecify.annotations.NullMarked;
