/** What Kubernetes shows of Akri and of its nodes, as plain values: the API server's objects without their client. */
@NullMarked
package io.akrimqtt.handler.cluster;

import org.jspecify.annotations.NullMarked;
