/**
 * The API server's rules over objects in memory: server-side apply, patches, finalizers, garbage collection, admission, watches.
 * HTTP is the matter of {@code cluster.rest}. Start reading at {@link io.akrimqtt.cli.cluster.store.InMemoryObjectStore}.
 */
@NullMarked
package io.akrimqtt.cli.cluster.store;

import org.jspecify.annotations.NullMarked;
