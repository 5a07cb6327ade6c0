/**
 * Runs the presence core over a recording, offline and in the recording's own time.
 *
 * <p>Start with {@link io.akrimqtt.cli.replay.Replay}.
 */
@NullMarked
package io.akrimqtt.cli.replay;

import org.jspecify.annotations.NullMarked;
