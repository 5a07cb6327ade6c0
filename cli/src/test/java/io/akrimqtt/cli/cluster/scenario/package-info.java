@NullMarked
package io.akrimqtt.cli.cluster.scenario;

import org.jspecify.annotations.NullMarked;
