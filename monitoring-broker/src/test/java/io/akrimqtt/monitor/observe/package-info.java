/** Tests. */
@NullMarked
package io.akrimqtt.monitor.observe;

import org.jspecify.annotations.NullMarked;
