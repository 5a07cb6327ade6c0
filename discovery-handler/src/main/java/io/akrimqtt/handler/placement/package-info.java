/** Which node reports which device. Pure. */
@NullMarked
package io.akrimqtt.handler.placement;

import org.jspecify.annotations.NullMarked;
