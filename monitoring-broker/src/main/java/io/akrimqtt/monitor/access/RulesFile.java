package io.akrimqtt.monitor.access;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Reads rules as people write them:
 *
 * <pre>{@code
 * rules:
 *   - caller: "token:operator-*"
 *     commands: [start, "set-*"]
 *   - caller: "certificate:CN=dashboard"
 *     read: true
 * }</pre>
 *
 * Confined to the thread that starts the program.
 */
public final class RulesFile {

    private static final int MAX_RULES = 1_000;
    private static final int QUOTED = 60;
    private static final Set<String> KEYS = Set.of("caller", "commands", "read");
    private static final String TITLES =
            "certificate:<subject>, token:<subject>, group:<group>, mqtt or anyone, with * for any characters";

    private final String file;
    private final List<String> problems = new ArrayList<>();

    private RulesFile(String file) {
        this.file = file;
    }

    /**
     * What came of a file.
     *
     * @param rules those that are in order
     * @param problems {@code file:line:column: path: what came (expected: what was expected)}; none where all is well
     */
    public record Result(AccessRules rules, List<String> problems) {
        public Result {
            problems = List.copyOf(problems);
        }
    }

    /** @param file its name, for problems */
    public static Result read(String file, String text) {
        var reader = new RulesFile(file);
        var rules = new ArrayList<AccessRules.Rule>();
        try {
            var options = new LoaderOptions();
            options.setMaxAliasesForCollections(0);
            options.setNestingDepthLimit(10);
            options.setAllowDuplicateKeys(false);
            reader.document(new Yaml(options).compose(new StringReader(text)), rules);
        } catch (MarkedYAMLException e) {
            var mark = e.getProblemMark();
            var place = mark == null ? ":1:1" : ":" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
            reader.problems.add(file + place + ": " + e.getProblem() + " (expected: YAML)");
        } catch (YAMLException e) {
            reader.problems.add(file + ": is no YAML that is read here (expected: a list of rules)");
        }
        return new Result(new AccessRules(rules), reader.problems);
    }

    private void document(@Nullable Node root, List<AccessRules.Rule> rules) {
        if (!(root instanceof MappingNode mapping)) {
            problems.add(file + ":1:1: the file has no 'rules' (expected: rules: with a list of rules)");
            return;
        }
        for (var entry : mapping.getValue()) {
            var key = text(entry.getKeyNode());
            if (!key.equals("rules")) {
                problem(entry.getKeyNode(), key, "is not known", "rules");
            } else if (entry.getValueNode() instanceof SequenceNode list
                    && list.getValue().size() <= MAX_RULES) {
                for (int i = 0; i < list.getValue().size(); i++) {
                    rule(list.getValue().get(i), "rules[" + i + "]", rules);
                }
            } else {
                problem(entry.getValueNode(), "rules", "is no list", "a list of at most " + MAX_RULES + " rules");
            }
        }
        if (rules.isEmpty() && problems.isEmpty()) {
            problem(root, "rules", "has no rule", "at least one, or nobody may do anything");
        }
    }

    private void rule(Node node, String path, List<AccessRules.Rule> rules) {
        if (!(node instanceof MappingNode mapping)) {
            problem(node, path, "is no rule", "caller with commands or read");
            return;
        }
        int before = problems.size();
        var caller = "";
        List<String> commands = List.of();
        boolean read = false;
        var seen = new HashSet<String>();
        for (var entry : mapping.getValue()) {
            var key = text(entry.getKeyNode());
            var value = entry.getValueNode();
            var place = path + "." + key;
            if (!seen.add(key)) {
                problem(entry.getKeyNode(), place, "is there twice", "once");
            }
            switch (key) {
                case "caller" -> caller = caller(value, place);
                case "commands" -> commands = commands(value, place);
                case "read" -> read = bool(value, place);
                default ->
                    problem(
                            entry.getKeyNode(),
                            place,
                            "is not known",
                            String.join(", ", KEYS.stream().sorted().toList()));
            }
        }
        if (!seen.contains("caller")) {
            problem(node, path, "has no 'caller'", TITLES);
        }
        if (!seen.contains("commands") && !seen.contains("read")) {
            problem(node, path, "allows nothing", "commands, or read: true");
        }
        if (problems.size() == before) {
            rules.add(new AccessRules.Rule(caller, commands, read));
        }
    }

    private String caller(Node node, String path) {
        var text = text(node);
        boolean fits = text.equals("anyone") || text.equals("mqtt") || text.matches("(certificate|token|group):.+");
        if (!fits) {
            problem(node, path, "'" + cut(text) + "'", TITLES);
        }
        return text;
    }

    private List<String> commands(Node node, String path) {
        if (!(node instanceof SequenceNode list)) {
            problem(node, path, "is no list", "a list of commands such as [start, \"set-*\"]");
            return List.of();
        }
        var commands = new ArrayList<String>();
        for (var each : list.getValue()) {
            var text = text(each);
            if (text.isEmpty() || text.contains("/")) {
                problem(each, path, "'" + cut(text) + "'", "a command's name, with * for any characters");
            }
            commands.add(text);
        }
        return commands;
    }

    private boolean bool(Node node, String path) {
        var text = text(node);
        if (!text.equals("true") && !text.equals("false")) {
            problem(node, path, "'" + cut(text) + "'", "true or false");
        }
        return text.equals("true");
    }

    private static String text(Node node) {
        return node instanceof ScalarNode scalar ? scalar.getValue() : "";
    }

    private static String cut(String text) {
        return text.length() <= QUOTED ? text : text.substring(0, QUOTED) + "…";
    }

    private void problem(Node node, String path, String found, String expected) {
        var mark = node.getStartMark();
        problems.add("%s:%d:%d: %s: %s (expected: %s)"
                .formatted(file, mark.getLine() + 1, mark.getColumn() + 1, path, found, expected));
    }
}
