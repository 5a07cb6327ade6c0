package io.akrimqtt.helm.manifest;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/** Reads objects of Kubernetes without the leniency of its models, which take in every field that they do not know. */
final class KnownFields {

    private static final ObjectMapper STRICT = new ObjectMapper()
            .setAnnotationIntrospector(new JacksonAnnotationIntrospector() {
                @Override
                public Boolean hasAnySetter(Annotated a) {
                    return false;
                }
            })
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private KnownFields() {}

    /**
     * Reads an object.
     *
     * @throws IllegalArgumentException which says the path of the first field that is not known or not of its type
     */
    static <T> T read(Object tree, Class<T> type) {
        return STRICT.convertValue(tree, type);
    }

    /** Reads an object of a kind that Kubernetes has itself. */
    static HasMetadata read(Manifest manifest) {
        var type = new KubernetesSerialization().unmarshal(manifest.tree().toString());
        if (!(type instanceof HasMetadata known) || known.getClass().getName().contains("GenericKubernetes")) {
            throw new IllegalArgumentException(manifest.id() + ": no kind of Kubernetes");
        }
        return read(manifest.tree(), known.getClass());
    }
}
