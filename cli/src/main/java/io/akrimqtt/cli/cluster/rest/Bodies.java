package io.akrimqtt.cli.cluster.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.akrimqtt.cli.cluster.ApiException;
import java.io.IOException;
import java.io.InputStream;

/** Reads the bodies of requests: one JSON or YAML object of at most {@value #MOST} bytes, at most {@value #DEEPEST} levels deep. */
final class Bodies {

    static final int MOST = 3 * 1024 * 1024;
    static final int DEEPEST = 100;

    private static final StreamReadConstraints CONSTRAINTS =
            StreamReadConstraints.builder().maxNestingDepth(DEEPEST).build();

    private final ObjectMapper json =
            strict(JsonFactory.builder().streamReadConstraints(CONSTRAINTS).build());
    private final ObjectMapper yaml =
            strict(YAMLFactory.builder().streamReadConstraints(CONSTRAINTS).build());

    private static ObjectMapper strict(JsonFactory factory) {
        return new ObjectMapper(factory).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }

    /** The object; an empty one where there is no body. Throws 400 or 413. */
    ObjectNode read(InputStream body, boolean asYaml) throws IOException {
        var bytes = body.readNBytes(MOST + 1);
        if (bytes.length > MOST) {
            throw new ApiException(413, "RequestEntityTooLarge", "the body has more than " + MOST + " bytes");
        }
        var mapper = asYaml ? yaml : json;
        if (bytes.length == 0) {
            return mapper.createObjectNode();
        }
        try {
            if (mapper.readTree(bytes) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw new ApiException(400, "BadRequest", "the body cannot be read at line " + line(e) + ": " + reason(e));
        }
        throw new ApiException(400, "BadRequest", "the body must be one object");
    }

    private static String line(JsonProcessingException e) {
        var at = e.getLocation();
        return at == null ? "?" : at.getLineNr() + ", column " + at.getColumnNr();
    }

    /** The first line, cut; parsers may quote what they read. */
    private static String reason(JsonProcessingException e) {
        var text = e.getOriginalMessage().lines().findFirst().orElse("");
        return text.length() <= 120 ? text : text.substring(0, 120) + "…";
    }
}
