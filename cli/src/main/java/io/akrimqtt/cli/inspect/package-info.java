/**
 * Looks at a local run from outside, through its files and its programs' gRPC APIs: devices, telemetry, logs, commands.
 *
 * <p>Start with {@link io.akrimqtt.cli.inspect.RunInspector}.
 */
@NullMarked
package io.akrimqtt.cli.inspect;

import org.jspecify.annotations.NullMarked;
