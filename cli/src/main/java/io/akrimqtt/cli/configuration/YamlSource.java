package io.akrimqtt.cli.configuration;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.representer.Representer;

/** A YAML text: its documents as nodes, within limits, and its lines. Confined to its reader. */
final class YamlSource {

    private static final int MAX_DEPTH = 60;
    private static final int MAX_DOCUMENTS = 1_000;

    private final String name;
    private final String yaml;
    private final List<String> lines;

    YamlSource(String name, String yaml) {
        this.name = name;
        this.yaml = yaml;
        this.lines = yaml.lines().toList();
    }

    String name() {
        return name;
    }

    /** The documents that can be read; what ends the reading is a finding. */
    List<YamlValue> documents(Findings findings) {
        var documents = new ArrayList<YamlValue>();
        try {
            for (Node node : composer().composeAll(new StringReader(yaml))) {
                if (documents.size() == MAX_DOCUMENTS) {
                    findings.add(Severity.ERROR, 1, 1, "", "more than " + MAX_DOCUMENTS + " documents", "fewer");
                    break;
                }
                documents.add(new YamlValue(node, "", findings));
            }
        } catch (MarkedYAMLException e) {
            var mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
            findings.add(
                    Severity.ERROR,
                    mark == null ? 1 : mark.getLine() + 1,
                    mark == null ? 1 : mark.getColumn() + 1,
                    "",
                    "no YAML: " + Quote.of(String.valueOf(e.getProblem())),
                    "YAML");
        } catch (YAMLException e) {
            findings.add(Severity.ERROR, 1, 1, "", "no YAML: " + Quote.of(String.valueOf(e.getMessage())), "YAML");
        }
        return documents;
    }

    private static Yaml composer() {
        var options = new LoaderOptions();
        options.setCodePointLimit(ManifestReader.MAX_BYTES);
        options.setNestingDepthLimit(MAX_DEPTH);
        options.setAllowDuplicateKeys(true);
        var style = new DumperOptions();
        return new Yaml(new SafeConstructor(options), new Representer(style), style, options);
    }

    /** The text of a value and where its lines stand. */
    DetailsText details(YamlValue value, String text) {
        var style = value.node() instanceof ScalarNode scalar ? scalar.getScalarStyle() : ScalarStyle.PLAIN;
        boolean oneLine = value.node().getEndMark().getLine()
                == value.node().getStartMark().getLine();
        DetailsText.Origin origin = switch (style) {
            case LITERAL -> new DetailsText.Origin(value.line() + 1, indent(value.line()), true);
            case PLAIN -> oneLine ? new DetailsText.Origin(value.line(), value.column() - 1, false) : null;
            case SINGLE_QUOTED, DOUBLE_QUOTED ->
                oneLine ? new DetailsText.Origin(value.line(), value.column(), false) : null;
            case FOLDED, JSON_SCALAR_STYLE -> null;
        };
        return new DetailsText(text, value.line(), value.column(), origin, true);
    }

    /** The indent of the first line with text from this one on (from 0). */
    private int indent(int from) {
        for (int i = from; i < lines.size(); i++) {
            var line = lines.get(i);
            if (!line.isBlank()) {
                return line.length() - line.stripLeading().length();
            }
        }
        return 0;
    }
}
