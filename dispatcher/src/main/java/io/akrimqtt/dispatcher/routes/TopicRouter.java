package io.akrimqtt.dispatcher.routes;

import io.akrimqtt.messaging.client.MessagePublisher;
import io.akrimqtt.messaging.dispatch.CommandRouter;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.messaging.topic.TopicName;
import java.util.concurrent.CompletionStage;

/** Takes messages to another topic as they are; whoever does them answers to their response topic. */
record TopicRouter(Route route, TopicName topic, MessagePublisher publisher) implements CommandRouter<Message> {

    @Override
    public TopicFilter filter() {
        return route.filter();
    }

    @Override
    public boolean selects(Message message, Message value) {
        return !message.retain() && route.selector().takes(message);
    }

    @Override
    public int concurrency() {
        return route.concurrency();
    }

    @Override
    public int waiting() {
        return route.waiting();
    }

    @Override
    public CompletionStage<Void> route(Message message, Message value) {
        return publisher.publish(message.toBuilder(topic).build()).thenAccept(_ -> {});
    }
}
