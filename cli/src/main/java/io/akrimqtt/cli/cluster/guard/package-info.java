/** The rules of our admission policies in Java, for a cluster without a CEL engine. The chart's templates are what counts; these mirror them. */
@NullMarked
package io.akrimqtt.cli.cluster.guard;

import org.jspecify.annotations.NullMarked;
