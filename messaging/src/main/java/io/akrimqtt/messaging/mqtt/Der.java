package io.akrimqtt.messaging.mqtt;

import java.util.Arrays;

/** Walks over DER, X.690. Not thread-safe. Any index outside, or another tag than expected, is IndexOutOfBoundsException. */
final class Der {

    private final byte[] bytes;
    private int position;

    Der(byte[] bytes, int position) {
        this.bytes = bytes.clone();
        this.position = position;
    }

    /** A walk inside the element at this place, which must have this tag. */
    Der enter(int tag) {
        if ((bytes[position] & 0xff) != tag) {
            throw new IndexOutOfBoundsException("tag " + (bytes[position] & 0xff) + " (expected: " + tag + ")");
        }
        return new Der(bytes, start());
    }

    /** Goes behind the element at this place. */
    void skip() {
        position = end();
    }

    /** The element at this place, its tag and length included. */
    byte[] whole() {
        int end = end();
        if (end > bytes.length) {
            throw new IndexOutOfBoundsException("element ends at " + end + " of " + bytes.length);
        }
        return Arrays.copyOfRange(bytes, position, end);
    }

    private int start() {
        int first = bytes[position + 1] & 0xff;
        return position + 2 + (first < 0x80 ? 0 : first & 0x7f);
    }

    private int end() {
        int length = bytes[position + 1] & 0xff;
        if (length >= 0x80) {
            int count = length & 0x7f;
            if (count > 3) {
                throw new IndexOutOfBoundsException("length of " + count + " bytes");
            }
            length = 0;
            for (int i = 0; i < count; i++) {
                length = length << 8 | (bytes[position + 2 + i] & 0xff);
            }
        }
        return start() + length;
    }
}
