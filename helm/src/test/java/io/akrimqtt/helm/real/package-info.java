/**
 * The whole of akri-mqtt on the cluster that {@code KUBECONFIG} names, with the images that {@code AKRI_MQTT_HANDLER_IMAGE} and
 * {@code AKRI_MQTT_BROKER_IMAGE} name ({@code repository:tag}, in the nodes already). Without them the tests are skipped.
 */
@NullMarked
package io.akrimqtt.helm.real;

import org.jspecify.annotations.NullMarked;
