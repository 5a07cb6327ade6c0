package io.akrimqtt.dispatcher.routes;

import io.akrimqtt.messaging.client.MessagePublisher;
import io.akrimqtt.messaging.dispatch.CommandRouter;
import io.akrimqtt.messaging.http.HttpRouter;
import io.akrimqtt.messaging.http.HttpTarget;
import io.akrimqtt.messaging.message.Message;
import java.net.http.HttpClient;
import java.time.InstantSource;

/** Makes routers of routes. */
public final class Routers {

    private final HttpClient http;
    private final MessagePublisher publisher;
    private final InstantSource clock;

    public Routers(HttpClient http, MessagePublisher publisher, InstantSource clock) {
        this.http = http;
        this.publisher = publisher;
        this.clock = clock;
    }

    /** The router of a checked route. */
    public CommandRouter<Message> of(Route route) {
        return switch (route.target()) {
            case Route.Target.Http target ->
                HttpRouter.of(route.filter(), target(target), publisher, clock)
                        .selecting(route.selector()::takes)
                        .answering(route.response())
                        .withRoom(route.concurrency(), route.waiting());
            case Route.Target.Topic(var topic) -> new TopicRouter(route, topic, publisher);
        };
    }

    private HttpTarget target(Route.Target.Http to) {
        var target = HttpTarget.of(http, to.address())
                .withMethod(to.method())
                .withTimeout(to.timeout())
                .withLargest(to.largest());
        for (var header : to.headers().entrySet()) {
            target = target.withHeader(header.getKey(), header.getValue());
        }
        return target;
    }
}
