/**
 * The YAML that {@code kubectl apply} takes, read as Akri will take it: Configurations, and the Secrets and ConfigMaps that
 * they refer to, with everything that is wrong about them, or will be, and where.
 *
 * <p>Documents are composed to nodes, never to objects, so that each problem has its line and column. It starts nothing and
 * asks no cluster. Start with {@link io.akrimqtt.cli.configuration.ManifestReader}.
 */
@NullMarked
package io.akrimqtt.cli.configuration;

import org.jspecify.annotations.NullMarked;
