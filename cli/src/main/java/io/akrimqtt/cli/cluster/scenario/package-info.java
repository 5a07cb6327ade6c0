/** A whole local cluster in one process, and what can befall it. */
@NullMarked
package io.akrimqtt.cli.cluster.scenario;

import org.jspecify.annotations.NullMarked;
