package io.akrimqtt.monitor.command;

import java.time.InstantSource;
import java.util.HexFormat;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Names commands: UUIDs of version 7, which nobody guesses, in 32 hexadecimal digits. Thread-safe where its parts are. */
final class CommandIds {

    private static final Pattern ID = Pattern.compile("[0-9a-f]{12}7[0-9a-f]{3}[89ab][0-9a-f]{15}");

    private final InstantSource clock;
    private final RandomGenerator random;

    CommandIds(InstantSource clock, RandomGenerator random) {
        this.clock = clock;
        this.random = random;
    }

    String next() {
        long high = clock.millis() << 16 | 0x7000 | (random.nextLong() & 0xfff);
        long low = 0x8000_0000_0000_0000L | (random.nextLong() & 0x3fff_ffff_ffff_ffffL);
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }

    /** @param id one that {@link #fits} */
    static UUID uuid(String id) {
        return new UUID(HexFormat.fromHexDigitsToLong(id, 0, 16), HexFormat.fromHexDigitsToLong(id, 16, 32));
    }

    static String text(UUID id) {
        var hex = HexFormat.of();
        return hex.toHexDigits(id.getMostSignificantBits()) + hex.toHexDigits(id.getLeastSignificantBits());
    }

    /** Whether a text may be the id of a command. */
    static boolean fits(String text) {
        return ID.matcher(text).matches();
    }
}
