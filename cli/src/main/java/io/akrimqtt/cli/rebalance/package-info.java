/**
 * Spreads devices over nodes: a plan of moves, and the moves, one after the other, each carried out by the handler of the node that
 * the device leaves.
 *
 * <p>Start with {@link io.akrimqtt.cli.rebalance.Rebalancing}.
 */
@NullMarked
package io.akrimqtt.cli.rebalance;

import org.jspecify.annotations.NullMarked;
