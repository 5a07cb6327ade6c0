package io.akrimqtt.cli.capture;

import io.akrimqtt.cli.access.Access;
import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.message.QualityOfService;
import io.akrimqtt.messaging.topic.TopicFilter;
import java.util.List;

/**
 * What to record.
 *
 * @param qos the highest quality of service of live messages
 * @param clientId what the client ids begin with; 20 characters at most
 */
public record CaptureSettings(
        List<ServerUrl> servers, List<TopicFilter> filters, QualityOfService qos, Access access, String clientId) {

    public CaptureSettings {
        servers = List.copyOf(servers);
        filters = List.copyOf(filters);
    }
}
