/** {@code discoveryDetails}: YAML in, a checked record or located problems out. Start with {@code DetailsParser}. */
@NullMarked
package io.akrimqtt.handler.details;

import org.jspecify.annotations.NullMarked;
