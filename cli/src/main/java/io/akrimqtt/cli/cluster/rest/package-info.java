/**
 * The local cluster's API server on loopback: as much of Kubernetes' REST calls as our Kubernetes client and kubectl need to look at
 * what is there and to write it. The rules of objects are the store's. Start reading at
 * {@link io.akrimqtt.cli.cluster.rest.ApiServer}.
 */
@NullMarked
package io.akrimqtt.cli.cluster.rest;

import org.jspecify.annotations.NullMarked;
