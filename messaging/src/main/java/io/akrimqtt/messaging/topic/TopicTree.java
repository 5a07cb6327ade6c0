package io.akrimqtt.messaging.topic;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Values by topic filter, to be found by topic: in time that grows with the topic's levels, not with the number of filters (at
 * worst two branches per level, for the level itself and for {@code +}).
 *
 * <p>Shared subscriptions stand for what they match. One thread may change it while any number look things up.
 */
public final class TopicTree<T> {

    /** Children and values of one level; one writer, many readers. */
    private static final class Node<T> {
        private volatile @Nullable Map<String, Node<T>> children;
        private volatile @Nullable Node<T> any;
        private volatile List<T> here = List.of();
        private volatile List<T> rest = List.of();

        private @Nullable Node<T> child(String level) {
            var map = children;
            return map == null ? null : map.get(level);
        }

        private Node<T> childOrNew(String level) {
            if (level.equals("+")) {
                var node = any;
                if (node == null) {
                    node = new Node<>();
                    any = node;
                }
                return node;
            }
            var map = children;
            if (map == null) {
                map = new ConcurrentHashMap<>(4);
                children = map;
            }
            return map.computeIfAbsent(level, _ -> new Node<>());
        }

        private boolean empty() {
            var map = children;
            return (map == null || map.isEmpty()) && any == null && here.isEmpty() && rest.isEmpty();
        }
    }

    private final Node<T> root = new Node<>();

    /** Adds a value under a filter; the same value may be there more than once. */
    public void add(TopicFilter filter, T value) {
        var levels = filter.matched().split("/", -1);
        var node = root;
        for (int i = 0; i < levels.length; i++) {
            if (levels[i].equals("#")) {
                node.rest = with(node.rest, value);
                return;
            }
            node = node.childOrNew(levels[i]);
        }
        node.here = with(node.here, value);
    }

    /** Takes a value away that was added under this filter, once; says whether it was there. */
    public boolean remove(TopicFilter filter, T value) {
        return remove(root, filter.matched().split("/", -1), 0, value);
    }

    private boolean remove(Node<T> node, String[] levels, int index, T value) {
        if (index == levels.length || levels[index].equals("#")) {
            boolean rest = index < levels.length;
            var values = rest ? node.rest : node.here;
            if (!values.contains(value)) {
                return false;
            }
            if (rest) {
                node.rest = without(values, value);
            } else {
                node.here = without(values, value);
            }
            return true;
        }
        boolean any = levels[index].equals("+");
        var child = any ? node.any : node.child(levels[index]);
        if (child == null || !remove(child, levels, index + 1, value)) {
            return false;
        }
        if (child.empty()) {
            drop(node, levels[index], any);
        }
        return true;
    }

    private void drop(Node<T> node, String level, boolean any) {
        var map = node.children;
        if (any) {
            node.any = null;
        } else if (map != null) {
            map.remove(level);
        }
    }

    /** The values of all filters that match the topic, in no particular order. */
    public List<T> matching(TopicName topic) {
        var found = new ArrayList<T>();
        matching(topic, found::add);
        return found;
    }

    /** The same, one by one. */
    public void matching(TopicName topic, Consumer<? super T> found) {
        visit(root, topic.value(), 0, found);
    }

    private void visit(Node<T> node, String topic, int start, Consumer<? super T> found) {
        // Wildcards on the first level leave out topics that begin with $.
        boolean wildcards = start > 0 || topic.charAt(0) != '$';
        if (wildcards) {
            node.rest.forEach(found);
        }
        if (start > topic.length()) {
            node.here.forEach(found);
            return;
        }
        int slash = topic.indexOf('/', start);
        int end = slash < 0 ? topic.length() : slash;
        var child = node.child(topic.substring(start, end));
        if (child != null) {
            visit(child, topic, end + 1, found);
        }
        var any = node.any;
        if (wildcards && any != null) {
            visit(any, topic, end + 1, found);
        }
    }

    /** Whether nothing is in it. */
    public boolean isEmpty() {
        return root.empty();
    }

    private static <T> List<T> with(List<T> values, T value) {
        var more = new ArrayList<>(values);
        more.add(value);
        return List.copyOf(more);
    }

    private static <T> List<T> without(List<T> values, T value) {
        var less = new ArrayList<>(values);
        less.remove(value);
        return List.copyOf(less);
    }
}
