package io.akrimqtt.messaging.rpc;

import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Ties an answer to its request: 16 bytes, a UUID of version 7, which nobody guesses.
 *
 * @param text the bytes in hexadecimal, 32 digits
 */
record CallId(String text) {

    static final int SIZE = 16;

    static CallId next(InstantSource clock, RandomGenerator random) {
        long high = clock.millis() << 16 | 0x7000 | (random.nextLong() & 0xfff);
        long low = 0x8000_0000_0000_0000L | (random.nextLong() & 0x3fff_ffff_ffff_ffffL);
        return of(ByteBuffer.allocate(SIZE).putLong(high).putLong(low).array());
    }

    static CallId of(UUID correlation) {
        return new CallId(HexFormat.of().toHexDigits(correlation.getMostSignificantBits())
                + HexFormat.of().toHexDigits(correlation.getLeastSignificantBits()));
    }

    /** Any bytes that came; of another size they match no call. */
    static CallId of(byte[] bytes) {
        return new CallId(HexFormat.of().formatHex(bytes));
    }

    /** Empty for what has not 32 hexadecimal digits. */
    Optional<UUID> uuid() {
        return text.matches("[0-9a-f]{32}")
                ? Optional.of(new UUID(
                        HexFormat.fromHexDigitsToLong(text, 0, 16), HexFormat.fromHexDigitsToLong(text, 16, 32)))
                : Optional.empty();
    }

    byte[] bytes() {
        return HexFormat.of().parseHex(text);
    }
}
