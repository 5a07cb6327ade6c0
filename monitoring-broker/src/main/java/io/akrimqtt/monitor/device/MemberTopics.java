package io.akrimqtt.monitor.device;

import io.akrimqtt.messaging.rpc.CommandTopics;
import io.akrimqtt.messaging.topic.TopicFilter;
import io.akrimqtt.messaging.topic.TopicName;
import io.akrimqtt.messaging.topic.TopicTemplate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The devices of a group, as far as the discovery handler tells of them: which topics they may have, not who is there now.
 *
 * @param group the group's topic
 * @param filters of the devices' own topics, at least one; the last level is a device's name
 * @param request where they take commands, with {@code {device}} at the start; null where they take none
 * @param response where they answer, with {@code {device}}, or null
 */
public record MemberTopics(
        TopicName group,
        List<TopicFilter> filters,
        @Nullable TopicTemplate request,
        @Nullable TopicTemplate response) {

    static final String DEVICE = "device";

    public MemberTopics {
        filters = List.copyOf(filters);
    }

    /** Whether they take commands. */
    public boolean commanded() {
        return request != null;
    }

    /** The device that a text names: by its topic, or by what of it follows the group's; empty where none can be meant. */
    public Optional<TopicName> member(String text) {
        return Stream.of(text, group + "/" + text)
                .filter(topic ->
                        !topic.endsWith("/") && TopicName.problem(topic).isEmpty())
                .map(TopicName::of)
                .filter(topic -> filters.stream().anyMatch(filter -> filter.matches(topic)))
                .findFirst();
    }

    /** The topics of one device's commands. */
    public CommandTopics commands(TopicName member) {
        if (request == null) {
            throw new IllegalStateException("the devices of the group take no commands");
        }
        return new CommandTopics(request.fill(DEVICE, member), response == null ? null : response.fill(DEVICE, member));
    }

    /** Where all of them take commands. */
    public List<TopicFilter> commandFilters() {
        if (request == null) {
            return List.of();
        }
        var below = request.filter().value().substring(1);
        return filters.stream()
                .map(filter -> TopicFilter.of(filter.value() + below))
                .toList();
    }
}
