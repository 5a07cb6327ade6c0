package io.akrimqtt.cli.agent;

import com.google.protobuf.ByteString;
import io.akrimqtt.proto.akri.v0.ByteData;
import java.nio.charset.StandardCharsets;

/** The bytes of a discovery property, which may be a secret: its text form shows their number only. Immutable. */
public final class PropertyBytes {

    private final ByteData data;

    private PropertyBytes(ByteData data) {
        this.data = data;
    }

    /** A copy of bytes, as of a Secret. */
    public static PropertyBytes of(byte[] bytes) {
        return new PropertyBytes(
                ByteData.newBuilder().setVec(ByteString.copyFrom(bytes)).build());
    }

    /** A text's UTF-8 bytes, as of an inline value. */
    public static PropertyBytes of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** What Akri sends for a property that has neither a value nor a reference: no bytes, which is not the same as empty. */
    public static PropertyBytes absent() {
        return new PropertyBytes(ByteData.getDefaultInstance());
    }

    ByteData data() {
        return data;
    }

    @Override
    public String toString() {
        return data.hasVec() ? "(" + data.getVec().size() + " bytes)" : "(absent)";
    }
}
