package io.akrimqtt.cli.process;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A small JSON object in a file: texts, numbers, and lists of texts. Replaced as a whole, so that a reader sees old or new. */
final class StateFile {

    private static final int MAX_BYTES = 64 * 1024;

    private static final JsonFactory JSON = new JsonFactory();

    private StateFile() {}

    /** Writes fields whose values are strings, numbers or lists of strings. */
    static void write(Path file, Map<String, ?> fields) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var json = JSON.createGenerator(bytes)) {
            json.useDefaultPrettyPrinter();
            json.writeStartObject();
            for (var field : fields.entrySet()) {
                json.writeFieldName(field.getKey());
                switch (field.getValue()) {
                    case Number number -> json.writeNumber(number.longValue());
                    case List<?> texts -> {
                        json.writeStartArray();
                        for (var text : texts) {
                            json.writeString(String.valueOf(text));
                        }
                        json.writeEndArray();
                    }
                    case Object text -> json.writeString(text.toString());
                }
            }
            json.writeEndObject();
        }
        var draft = file.resolveSibling("." + file.getFileName() + ".new");
        Files.write(draft, bytes.toByteArray());
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Each field's values, one for a scalar; empty where there is no file, or none of ours. */
    static Optional<Map<String, List<String>>> read(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                return Optional.empty();
            }
            try (var json = JSON.createParser(Files.readAllBytes(file))) {
                return Optional.of(object(json));
            }
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static Map<String, List<String>> object(JsonParser json) throws IOException {
        if (json.nextToken() != JsonToken.START_OBJECT) {
            throw new IOException("no object");
        }
        var fields = new LinkedHashMap<String, List<String>>();
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var name = json.currentName();
            var values = new ArrayList<String>();
            if (json.nextToken() == JsonToken.START_ARRAY) {
                while (json.nextToken().isScalarValue()) {
                    values.add(json.getText());
                }
            } else {
                values.add(json.getText());
                json.skipChildren();
            }
            fields.put(name, values);
        }
        return fields;
    }
}
