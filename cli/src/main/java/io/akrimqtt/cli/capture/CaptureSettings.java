package io.akrimqtt.cli.capture;

import io.akrimqtt.cli.access.Access;
import io.akrimqtt.messaging.client.ProtocolVersion;
import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.messaging.message.QualityOfService;
import io.akrimqtt.messaging.topic.TopicFilter;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What to record.
 *
 * @param access as whom, for each of the servers
 * @param qos the highest quality of service of live messages
 * @param protocol null for 5, and 3.1.1 where a server does not speak it
 * @param keepAlive how often a silent connection shows that it lives
 * @param clientId what the client ids begin with; 20 characters at most
 */
public record CaptureSettings(
        List<ServerUrl> servers,
        List<Access> access,
        List<TopicFilter> filters,
        QualityOfService qos,
        @Nullable ProtocolVersion protocol,
        Duration keepAlive,
        String clientId) {

    public CaptureSettings {
        servers = List.copyOf(servers);
        access = List.copyOf(access);
        filters = List.copyOf(filters);
    }
}
