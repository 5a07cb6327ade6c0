package io.akrimqtt.helm;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The chart as Helm renders it: release {@code plant} in namespace {@code mqtt}. */
public record Chart(String text) {

    public static final String RELEASE = "plant";
    public static final String NAMESPACE = "mqtt";

    /** Images from nowhere, which the chart does not have itself. */
    private static final String IMAGES = """
            handler: {image: {repository: registry.example/akri-mqtt-discovery-handler}}
            monitoringBroker: {image: {repository: registry.example/akri-mqtt-monitoring-broker}}
            """;

    /** The policies alone, with these values, in YAML; empty for those of the chart. */
    public static Chart rendered(String values) {
        return rendered(RELEASE, values);
    }

    public static Chart rendered(String release, String values) {
        return render(template(release, NAMESPACE).set("handler.enabled", false), values);
    }

    /** All of it, with images from nowhere and these values over that. */
    public static Chart whole(String values) {
        return render(template(RELEASE, NAMESPACE), IMAGES, values);
    }

    /** All of it, with nothing but these values. */
    public static Chart bare(String release, String namespace, String values) {
        return render(template(release, namespace), values);
    }

    /** What people read after an installation of it all. */
    public static String notes(String values) {
        var output = installation(values);
        return output.substring(output.indexOf("NOTES:\n") + 7).strip() + "\n";
    }

    /** The pod of {@code helm test}, which Helm does not show: with the annotations that make it a test taken off. */
    public static Chart test(String values) {
        var all = edited(text -> text.replaceAll("(?m)^    helm.sh/hook.*\n", ""), values);
        return new Chart(Stream.of(all.text().split("(?m)^---\n"))
                .filter(each -> each.contains("\nkind: Pod\n"))
                .collect(Collectors.joining("---\n")));
    }

    /** All of it, as another version of the chart with the same templates renders it. */
    public static Chart version(String version, String values) {
        return edited(text -> text.replaceAll("(?m)^((appV|v)ersion): .*$", "$1: " + version), values);
    }

    private static Chart edited(UnaryOperator<String> edit, String values) {
        try {
            var copy = Files.createTempDirectory("chart");
            try (var files = Files.walk(Path.of("akri-mqtt"))) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    var to = copy.resolve(file);
                    Files.createDirectories(to.getParent());
                    Files.writeString(to, edit.apply(Files.readString(file)));
                }
            }
            return render(template(copy.resolve("akri-mqtt"), RELEASE, NAMESPACE), IMAGES, values);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What Helm prints of an installation that is not made. */
    private static String installation(String values) {
        var command = new Helm(Path.of("akri-mqtt"))
                .install()
                .withName(RELEASE)
                .withNamespace(NAMESPACE)
                .withKubeVersion("1.33.0")
                .clientOnly()
                .dryRun();
        return withFiles(command::withValuesFile, () -> command.call().getOutput(), IMAGES, values);
    }

    private static TemplateCommand template(String release, String namespace) {
        return template(Path.of("akri-mqtt"), release, namespace);
    }

    private static TemplateCommand template(Path chart, String release, String namespace) {
        return new Helm(chart)
                .template()
                .withName(release)
                .withNamespace(namespace)
                .withKubeVersion("1.33.0");
    }

    private static Chart render(TemplateCommand command, String... values) {
        return new Chart(withFiles(command::withValuesFile, command::call, values));
    }

    /** Calls Helm with files of values, the later over the earlier. */
    private static String withFiles(Consumer<Path> option, Supplier<String> call, String... values) {
        try {
            var files = new ArrayList<Path>();
            try {
                for (var each : values) {
                    files.add(Files.writeString(Files.createTempFile("values", ".yaml"), each));
                    option.accept(files.getLast());
                }
                return call.get();
            } finally {
                for (var file : files) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it consists of, read strictly enough that a misspelt field of a policy is missing afterwards. */
    public Collection<HasMetadata> objects() {
        Object read = new KubernetesSerialization()
                .unmarshal(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        return read instanceof Collection<?> many
                ? many.stream().map(HasMetadata.class::cast).toList()
                : List.of((HasMetadata) read);
    }

    public <T extends HasMetadata> List<T> objects(Class<T> type) {
        return objects().stream().filter(type::isInstance).map(type::cast).toList();
    }
}
