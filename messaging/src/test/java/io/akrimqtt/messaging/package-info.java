/** The boundaries between messaging's packages, as tests. */
@NullMarked
package io.akrimqtt.messaging;

import org.jspecify.annotations.NullMarked;
