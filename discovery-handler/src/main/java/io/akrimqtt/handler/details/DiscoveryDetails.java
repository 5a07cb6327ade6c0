package io.akrimqtt.handler.details;

import io.akrimqtt.messaging.client.ServerUrl;
import io.akrimqtt.presence.convention.DeviceFilter;
import io.akrimqtt.presence.convention.StatusTopic;
import io.akrimqtt.presence.convention.TopicsConvention;
import io.akrimqtt.presence.state.PresenceRules;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A Configuration's {@code discoveryDetails}, checked.
 *
 * @param servers 1 to 16 MQTT servers
 * @param perServer whether each server has devices of its own, with its alias before their ids; else devices of the same topic
 *     are the same device on all of them
 * @param topics 1 to 256 filters; where two match a message, the first decides which device it is
 * @param status where devices state their presence; empty where that is turned off
 * @param rules silence, grace and their kin
 * @param watch audits and limits
 * @param devices which of them are wanted
 * @param publication what workloads are told
 * @param commands where devices take commands, or null where they take none
 * @param connection how to connect
 * @param tls how to trust
 * @param group the name of a level above the device in each of the topics, whose devices Akri gets as one; null for none
 */
public record DiscoveryDetails(
        List<WatchedServer> servers,
        boolean perServer,
        List<DeviceFilter> topics,
        List<StatusTopic> status,
        PresenceRules rules,
        WatchRules watch,
        DeviceChoice devices,
        Publication publication,
        @Nullable CommandTopics commands,
        ConnectionRules connection,
        TlsRules tls,
        @Nullable String group) {

    public DiscoveryDetails {
        servers = List.copyOf(servers);
        topics = List.copyOf(topics);
        status = List.copyOf(status);
    }

    /** Details with defaults for all but servers and topics. */
    public static DiscoveryDetails of(List<ServerUrl> servers, List<DeviceFilter> topics) {
        return new DiscoveryDetails(
                servers.stream().map(WatchedServer::of).toList(),
                false,
                topics,
                StatusTopic.DEFAULTS,
                PresenceRules.DEFAULT,
                WatchRules.DEFAULT,
                DeviceChoice.ALL,
                Publication.DEFAULT,
                null,
                ConnectionRules.DEFAULT,
                TlsRules.DEFAULT,
                null);
    }

    public DiscoveryDetails withStatus(List<StatusTopic> value) {
        return new DiscoveryDetails(
                servers,
                perServer,
                topics,
                value,
                rules,
                watch,
                devices,
                publication,
                commands,
                connection,
                tls,
                group);
    }

    public DiscoveryDetails with(PresenceRules value) {
        return new DiscoveryDetails(
                servers,
                perServer,
                topics,
                status,
                value,
                watch,
                devices,
                publication,
                commands,
                connection,
                tls,
                group);
    }

    public DiscoveryDetails with(WatchRules value) {
        return new DiscoveryDetails(
                servers,
                perServer,
                topics,
                status,
                rules,
                value,
                devices,
                publication,
                commands,
                connection,
                tls,
                group);
    }

    public DiscoveryDetails with(ConnectionRules value) {
        return new DiscoveryDetails(
                servers, perServer, topics, status, rules, watch, devices, publication, commands, value, tls, group);
    }

    public DiscoveryDetails withServers(List<WatchedServer> value) {
        return new DiscoveryDetails(
                value, perServer, topics, status, rules, watch, devices, publication, commands, connection, tls, group);
    }

    /** The servers' URLs, in the order of the details. */
    public List<ServerUrl> urls() {
        return servers.stream().map(WatchedServer::url).toList();
    }

    /** What stands before the ids of a server's devices; empty where devices are the same on all servers. */
    public String idPrefix(WatchedServer server) {
        return perServer && server.alias() != null ? server.alias() + "/" : "";
    }

    /** How messages are read, whatever server they come from. */
    public TopicsConvention convention() {
        return TopicsConvention.of(topics, status, commands == null ? null : commands.topic());
    }

    /** How messages of one server are read. */
    public ServerConvention convention(WatchedServer server) {
        return new ServerConvention(convention(), idPrefix(server), devices);
    }

    /** The level that Akri gets in place of devices, where there is one. */
    public Optional<GroupLevel> grouping() {
        return GroupLevel.of(this);
    }

    /** The servers that a device is on, and its topic there. */
    public record Place(List<ServerUrl> urls, String topic) {}

    /** Where the device of an id, or the group of one, is. */
    public Place place(String id) {
        Optional<WatchedServer> one = perServer
                ? servers.stream()
                        .filter(server -> id.startsWith(idPrefix(server)))
                        .findFirst()
                : Optional.empty();
        return one.map(server -> new Place(
                        List.of(server.url()), id.substring(idPrefix(server).length())))
                .orElseGet(() -> new Place(urls(), id));
    }
}
