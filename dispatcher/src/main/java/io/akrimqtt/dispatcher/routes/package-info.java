/**
 * The file of routes: YAML in, checked records or located problems out; and the routers that they become. Start with
 * {@link io.akrimqtt.dispatcher.routes.RoutesFile}.
 */
@NullMarked
package io.akrimqtt.dispatcher.routes;

import org.jspecify.annotations.NullMarked;
