/** The API server through the fabric8 client: what it shows, and what is written. The only package that knows the client. */
@NullMarked
package io.akrimqtt.handler.kubernetes;

import org.jspecify.annotations.NullMarked;
