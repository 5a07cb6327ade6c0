package io.akrimqtt.helm.manifest;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.comments.CommentLine;
import org.yaml.snakeyaml.comments.CommentType;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** The chart's values as a table in Markdown, made of {@code values.yaml} and the comments in it. */
final class ValuesTable {

    /** One value; the default is empty for a heading of several. */
    record Row(String key, String standard, String description) {
        @Override
        public String toString() {
            var cell = standard.isEmpty() ? "" : "`" + standard + "`";
            return "| `%s` | %s | %s |".formatted(key, cell, description.replace("|", "\\|"));
        }
    }

    private final String text;
    private final List<Row> rows = new ArrayList<>();

    private ValuesTable(String text) {
        this.text = text;
    }

    /** The rows, in the order of the file. */
    static List<Row> rows(String values) {
        var options = new LoaderOptions();
        options.setProcessComments(true);
        var table = new ValuesTable(values);
        table.read((MappingNode) new Yaml(options).compose(new StringReader(values)), "");
        return table.rows;
    }

    static String markdown(String values) {
        return "| value | default | what |\n| --- | --- | --- |\n"
                + rows(values).stream().map(row -> row + "\n").collect(Collectors.joining());
    }

    private void read(MappingNode mapping, String prefix) {
        for (var tuple : mapping.getValue()) {
            var key = prefix + ((ScalarNode) tuple.getKeyNode()).getValue();
            var description = comment(tuple.getKeyNode().getBlockComments());
            if (tuple.getValueNode() instanceof MappingNode nested
                    && nested.getFlowStyle() == DumperOptions.FlowStyle.BLOCK) {
                if (!description.isEmpty()) {
                    rows.add(new Row(key, "", description));
                }
                read(nested, key + ".");
            } else {
                rows.add(new Row(key, source(tuple.getValueNode()), description));
            }
        }
    }

    private String source(Node node) {
        return text.substring(node.getStartMark().getIndex(), node.getEndMark().getIndex());
    }

    /** The comment directly above, without what a blank line sets apart. */
    private static String comment(@Nullable List<CommentLine> lines) {
        if (lines == null) {
            return "";
        }
        var words = new ArrayList<String>();
        for (var line : lines) {
            if (line.getCommentType() == CommentType.BLANK_LINE) {
                words.clear();
            } else {
                words.add(line.getValue().strip());
            }
        }
        return String.join(" ", words);
    }
}
