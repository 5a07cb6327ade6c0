package io.akrimqtt.handler.details;

import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionEndEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.DocumentStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.ReaderException;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Hostile YAML to nodes with their places. Only plain YAML is taken: one document, without anchors, aliases and tags, so that
 * nothing can be constructed and nothing can grow.
 */
final class YamlDocument {

    /** The longest document. */
    static final int MAX_CODE_POINTS = 256 * 1024;

    /** How deep lists and mappings may stand in each other. */
    static final int MAX_DEPTH = 16;

    static final String ROOT = "a mapping with serverUrls and topics";

    private final String text;
    private final Problems problems;

    private YamlDocument(String text, Problems problems) {
        this.text = text;
        this.problems = problems;
    }

    /** The document's mapping, or null where a problem was noted. */
    static @Nullable MappingNode read(String text, Problems problems) {
        return new YamlDocument(text, problems).read();
    }

    private @Nullable MappingNode read() {
        if (text.codePointCount(0, text.length()) > MAX_CODE_POINTS) {
            int end = text.offsetByCodePoints(0, MAX_CODE_POINTS);
            atOffset(end, "the document is longer than 256 Ki characters", "at most 262144");
            return null;
        }
        try {
            return plain() ? compose() : null;
        } catch (MarkedYAMLException e) {
            var mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
            int line = mark == null ? 0 : mark.getLine();
            problems.at(mark, "", "no YAML: " + e.getProblem(), YamlHints.hint(text, line));
        } catch (ReaderException e) {
            var found = "the character U+%04X".formatted(e.getCodePoint());
            int offset = text.offsetByCodePoints(0, Math.min(e.getPosition(), text.codePointCount(0, text.length())));
            atOffset(offset, found, "printable text");
        } catch (YAMLException _) {
            problems.at(1, 1, "", "no YAML", "YAML 1.1 without tags, anchors and aliases");
        }
        return null;
    }

    private void atOffset(int offset, String found, String expected) {
        int start = text.lastIndexOf('\n', offset - 1) + 1;
        int line = 1
                + (int) text.substring(0, start).chars().filter(c -> c == '\n').count();
        problems.at(line, 1 + text.codePointCount(start, offset), "", found, expected);
    }

    /** Whether there is nothing in the document but text, lists and mappings. Stops where it is too deep. */
    private boolean plain() {
        var parser = new ParserImpl(new StreamReader(text), options());
        int depth = 0;
        int documents = 0;
        while (parser.peekEvent() != null) {
            var event = parser.getEvent();
            refuseSpecials(event);
            if (event instanceof DocumentStartEvent && ++documents > 1) {
                problems.at(event.getStartMark(), "", "a second document", "one document");
                return false;
            }
            if (event instanceof CollectionStartEvent && ++depth > MAX_DEPTH) {
                problems.at(event.getStartMark(), "", "nested deeper than " + MAX_DEPTH + " levels", ROOT);
                return false;
            }
            if (event instanceof CollectionEndEvent) {
                depth--;
            }
        }
        return !problems.any();
    }

    private void refuseSpecials(Event event) {
        if (event instanceof AliasEvent alias) {
            problems.at(
                    alias.getStartMark(),
                    "",
                    "an alias '*" + alias.getAnchor() + "'",
                    "the value itself" + YamlHints.ALIAS);
            return;
        }
        if (event instanceof NodeEvent node && node.getAnchor() != null) {
            problems.at(node.getStartMark(), "", "an anchor '&" + node.getAnchor() + "'", "the value itself");
        }
        @Nullable String tag = tag(event);
        if (tag != null) {
            problems.at(
                    event.getStartMark(),
                    "",
                    "a tag '" + tag.replace("tag:yaml.org,2002:", "!!") + "'",
                    "plain text, a list or a mapping");
        }
    }

    private static @Nullable String tag(Event event) {
        return switch (event) {
            case ScalarEvent scalar -> scalar.getTag();
            case CollectionStartEvent collection -> collection.getTag();
            default -> null;
        };
    }

    private @Nullable MappingNode compose() {
        var parser = new ParserImpl(new StreamReader(text), options());
        @Nullable Node root = new Composer(parser, new Resolver(), options()).getSingleNode();
        if (root instanceof MappingNode mapping) {
            return mapping;
        }
        if (root == null) {
            problems.at(1, 1, "", "an empty document", ROOT);
        } else {
            problems.at(root, "", Located.kind(root), ROOT);
        }
        return null;
    }

    private static LoaderOptions options() {
        var options = new LoaderOptions();
        options.setCodePointLimit(MAX_CODE_POINTS + 1);
        options.setNestingDepthLimit(MAX_DEPTH + 1);
        options.setMaxAliasesForCollections(1);
        return options;
    }
}
