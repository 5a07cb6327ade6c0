package io.akrimqtt.helm;

import com.marcnuri.helm.Helm;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;

/** The chart as Helm renders it: release {@code plant} in namespace {@code mqtt}. */
public record Chart(String text) {

    static final String RELEASE = "plant";
    static final String NAMESPACE = "mqtt";

    /** Renders with these values, in YAML; empty for those of the chart. */
    public static Chart rendered(String values) {
        return rendered(RELEASE, values);
    }

    public static Chart rendered(String release, String values) {
        try {
            var file = Files.createTempFile("values", ".yaml");
            try {
                Files.writeString(file, values);
                return new Chart(new Helm(Path.of("akri-mqtt"))
                        .template()
                        .withName(release)
                        .withNamespace(NAMESPACE)
                        .withKubeVersion("1.33.0")
                        .withValuesFile(file)
                        .call());
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it consists of, read strictly enough that a misspelt field of a policy is missing afterwards. */
    Collection<HasMetadata> objects() {
        Object read = new KubernetesSerialization()
                .unmarshal(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        return read instanceof Collection<?> many
                ? many.stream().map(HasMetadata.class::cast).toList()
                : List.of((HasMetadata) read);
    }

    <T extends HasMetadata> List<T> objects(Class<T> type) {
        return objects().stream().filter(type::isInstance).map(type::cast).toList();
    }
}
