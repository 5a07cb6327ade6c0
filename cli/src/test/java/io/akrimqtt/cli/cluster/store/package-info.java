/** The rules of the store, one by one. */
@NullMarked
package io.akrimqtt.cli.cluster.store;

import org.jspecify.annotations.NullMarked;
