/** gRPC for people and tools: devices with state and evidence. */
@NullMarked
package io.akrimqtt.handler.api;

import org.jspecify.annotations.NullMarked;
