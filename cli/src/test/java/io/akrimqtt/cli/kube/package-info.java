/** Looks at the local API server as at a cluster's. */
@NullMarked
package io.akrimqtt.cli.kube;

import org.jspecify.annotations.NullMarked;
