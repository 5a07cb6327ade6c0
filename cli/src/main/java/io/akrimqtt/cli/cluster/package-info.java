/** A cluster in one process: the few rules of Kubernetes' API server that Akri and we rely on, and what runs on them. */
@NullMarked
package io.akrimqtt.cli.cluster;

import org.jspecify.annotations.NullMarked;
