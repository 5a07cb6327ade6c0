/**
 * Who may do what: rules per caller and command, read from a file whose errors say where they are. It knows no transport.
 *
 * <p>Start with {@link io.akrimqtt.monitor.access.AccessRules}.
 */
@NullMarked
package io.akrimqtt.monitor.access;

import org.jspecify.annotations.NullMarked;
