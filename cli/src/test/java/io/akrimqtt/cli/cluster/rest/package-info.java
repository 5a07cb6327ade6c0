/** The API server asked by real clients: fabric8's, kubectl, and plain HTTP. */
@NullMarked
package io.akrimqtt.cli.cluster.rest;

import org.jspecify.annotations.NullMarked;
