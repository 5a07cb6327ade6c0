package io.akrimqtt.messaging.codec;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.akrimqtt.messaging.client.PayloadCodec;
import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.topic.TopicName;
import java.io.IOException;

/** Values as JSON, by Jackson. What tells another content type than JSON is refused; what tells none is read. Thread-safe. */
public final class JsonCodec<T> implements PayloadCodec<T> {

    private static final String JSON = "application/json";

    private final ObjectReader reader;
    private final ObjectWriter writer;
    private final Class<T> type;

    private JsonCodec(Class<T> type, ObjectMapper mapper) {
        this.type = type;
        reader = mapper.readerFor(type);
        writer = mapper.writerFor(type);
    }

    /** With Jackson as it comes: unknown members are refused. */
    public static <T> JsonCodec<T> of(Class<T> type) {
        return of(type, new ObjectMapper());
    }

    /** With a mapper of one's own. */
    public static <T> JsonCodec<T> of(Class<T> type, ObjectMapper mapper) {
        return new JsonCodec<>(type, mapper);
    }

    /** @throws IllegalArgumentException where Jackson cannot write the value */
    @Override
    public Message encode(TopicName topic, T value) {
        try {
            return Message.to(topic)
                    .payload(writer.writeValueAsBytes(value))
                    .contentType(JSON)
                    .utf8(true)
                    .build();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    type.getSimpleName() + ": cannot be written as JSON: " + e.getOriginalMessage(), e);
        }
    }

    @Override
    public T decode(Message message) {
        ContentTypes.check(message, JSON);
        T value;
        try {
            value = reader.readValue(message.payload());
        } catch (JsonProcessingException e) {
            var place = e.getLocation();
            throw new IllegalArgumentException("payload: no " + type.getSimpleName() + " in JSON"
                    + (place == null
                            ? ""
                            : " from line " + place.getLineNr() + ", column " + place.getColumnNr() + " on"));
        } catch (IOException e) {
            throw new IllegalArgumentException("payload: no JSON: it cannot be read", e);
        }
        if (value == null) {
            throw new IllegalArgumentException("payload: null (expected: a " + type.getSimpleName() + ")");
        }
        return value;
    }
}
