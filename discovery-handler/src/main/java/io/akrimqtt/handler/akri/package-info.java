/** Akri over gRPC: registration with the agent, and Discover streams. */
@NullMarked
package io.akrimqtt.handler.akri;

import org.jspecify.annotations.NullMarked;
