/**
 * What the whole chart renders: golden files for each folder below {@code resources/chart}, objects as Kubernetes and Akri know them, refused
 * values with the text that people read, and the rendered pods given to the real programs. The policies have tests of their own, in
 * {@link io.akrimqtt.helm}. Start with {@link Scenario}.
 */
@NullMarked
package io.akrimqtt.helm.manifest;

import org.jspecify.annotations.NullMarked;
