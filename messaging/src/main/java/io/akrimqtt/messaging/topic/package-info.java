/**
 * Topic names, filters and templates by MQTT's rules, and a tree that finds the filters which match a topic.
 *
 * <p>Values are checked when they are made: {@code of} throws for what a person wrote, {@code problem} tells what is wrong
 * with what came from the network. Matching is our own, since clients ignore the rule for topics that begin with {@code $}.
 * Start with {@link io.akrimqtt.messaging.topic.TopicFilter}.
 */
@NullMarked
package io.akrimqtt.messaging.topic;

import org.jspecify.annotations.NullMarked;
