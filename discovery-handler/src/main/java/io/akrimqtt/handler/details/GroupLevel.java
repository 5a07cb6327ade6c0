package io.akrimqtt.handler.details;

import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.presence.convention.DeviceIdentity;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A level above the device whose devices Akri gets as one. A group's id is the topic up to and including that level, as a device's
 * is; all that is told of a group follows from its id and the details. Immutable, thread-safe.
 */
public final class GroupLevel {

    private final DiscoveryDetails details;
    private final List<GroupTopics> topics;

    private GroupLevel(DiscoveryDetails details, List<GroupTopics> topics) {
        this.details = details;
        this.topics = topics;
    }

    /** That of the details, where they name one. */
    static Optional<GroupLevel> of(DiscoveryDetails details) {
        return Optional.ofNullable(details.group())
                .map(name -> new GroupLevel(
                        details,
                        details.topics().stream()
                                .map(filter -> GroupTopics.of(name, filter))
                                .toList()));
    }

    /**
     * The id of the group that a device is in; empty for one that no topic filter gives, but a status topic alone: it is in none.
     *
     * @param device an id
     */
    public Optional<String> groupOf(String device) {
        var topic = details.place(device).topic();
        return topicName(topic)
                .flatMap(name -> first(each -> each.groupOf(name)))
                .map(group -> prefix(device, topic) + group);
    }

    /** What the topic filters tell of a group by its id alone: the levels are its own and those above it; empty for no group's id. */
    public Optional<DeviceIdentity> identity(String group) {
        return topicName(details.place(group).topic()).flatMap(name -> first(each -> each.identity(name)));
    }

    /** The telemetry filters of all that may be in a group, in the order of the details, each once. */
    public List<String> filters(String group) {
        return all(group, GroupTopics::filterFor);
    }

    /** Filters of the topics of all that may be in a group: the last level is a member's name. */
    public List<String> members(String group) {
        return all(group, GroupTopics::membersFor);
    }

    private List<String> all(String group, BiFunction<GroupTopics, String, String> filled) {
        var topic = details.place(group).topic();
        return topicName(topic).stream()
                .flatMap(name ->
                        topics.stream().filter(each -> each.identity(name).isPresent()))
                .map(each -> filled.apply(each, topic))
                .distinct()
                .toList();
    }

    private <T> Optional<T> first(Function<GroupTopics, Optional<T>> ask) {
        return topics.stream().flatMap(each -> ask.apply(each).stream()).findFirst();
    }

    private static Optional<TopicName> topicName(String topic) {
        return TopicName.problem(topic).isPresent() ? Optional.empty() : Optional.of(TopicName.of(topic));
    }

    private static String prefix(String id, String topic) {
        return id.substring(0, id.length() - topic.length());
    }
}
