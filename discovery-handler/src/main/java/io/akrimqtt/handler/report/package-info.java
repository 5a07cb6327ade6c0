/** From a device list to what Akri can take: ids, names, sizes, properties, coalescing. */
@NullMarked
package io.akrimqtt.handler.report;

import org.jspecify.annotations.NullMarked;
