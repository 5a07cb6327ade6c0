package io.akrimqtt.messaging.message;

/** How a message is handed over on one hop, MQTT 5.0 section 4.3. */
public enum QualityOfService {
    AT_MOST_ONCE(0),
    AT_LEAST_ONCE(1),
    EXACTLY_ONCE(2);

    private final int code;

    QualityOfService(int code) {
        this.code = code;
    }

    /** The number on the wire: 0, 1 or 2. */
    public int code() {
        return code;
    }

    /**
     * The quality of service with this number on the wire.
     *
     * @throws IllegalArgumentException for other numbers than 0, 1 and 2
     */
    public static QualityOfService of(int code) {
        return switch (code) {
            case 0 -> AT_MOST_ONCE;
            case 1 -> AT_LEAST_ONCE;
            case 2 -> EXACTLY_ONCE;
            default -> throw new IllegalArgumentException("quality of service: " + code + " (expected: 0, 1 or 2)");
        };
    }
}
