/**
 * Instances as they are against Instances as reported: what to release, to send again and to repair. Pure decisions; who carries them
 * out is {@code kubernetes} and {@code report}.
 */
@NullMarked
package io.akrimqtt.handler.caretaker;

import org.jspecify.annotations.NullMarked;
