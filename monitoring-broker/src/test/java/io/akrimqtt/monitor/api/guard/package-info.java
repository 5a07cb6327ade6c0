@NullMarked
package io.akrimqtt.monitor.api.guard;

import org.jspecify.annotations.NullMarked;
