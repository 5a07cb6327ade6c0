/**
 * Tests of the chart as Helm renders it: each policy against a table of requests, with the API server's part played by
 * {@link io.akrimqtt.helm.admission}, and once more against a real API server where {@code KUBECONFIG} names one.
 */
@NullMarked
package io.akrimqtt.helm;

import org.jspecify.annotations.NullMarked;
