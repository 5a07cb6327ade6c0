/**
 * Who calls over gRPC: client certificates and bearer tokens become callers, whom the rules know.
 *
 * <p>Start with {@link io.akrimqtt.monitor.api.guard.CallGuard}.
 */
@NullMarked
package io.akrimqtt.monitor.api.guard;

import org.jspecify.annotations.NullMarked;
