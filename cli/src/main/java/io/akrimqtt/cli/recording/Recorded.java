package io.akrimqtt.cli.recording;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** One thing that happened: a line of a recording, the first apart. */
public sealed interface Recorded {

    /** When it was received; never before that of the line above. */
    Instant time();

    /** The same at another time. */
    Recorded at(Instant time);

    /** Something about one MQTT server, by its number in the header. */
    sealed interface AtServer extends Recorded {
        int server();
    }

    /**
     * The MQTT server accepted the connection.
     *
     * @param protocol {@code 5} or {@code 3.1.1}
     */
    record Connected(Instant time, int server, String protocol) implements AtServer {
        @Override
        public Recorded at(Instant value) {
            return new Connected(value, server, protocol);
        }
    }

    /** The connection ended, or could not be had. */
    record Disconnected(Instant time, int server, String reason) implements AtServer {
        @Override
        public Recorded at(Instant value) {
            return new Disconnected(value, server, reason);
        }
    }

    /** A message that the MQTT server had retained. */
    record Retained(Instant time, int server, RecordedMessage message) implements AtServer {
        @Override
        public Recorded at(Instant value) {
            return new Retained(value, server, message);
        }
    }

    /**
     * The retained messages of this connection have been read.
     *
     * @param complete whether what did not come is surely not there
     * @param reason why it is not complete, or empty
     */
    record RetainedRead(Instant time, int server, boolean complete, String reason) implements AtServer {
        @Override
        public Recorded at(Instant value) {
            return new RetainedRead(value, server, complete, reason);
        }
    }

    /**
     * A message that came as it was published.
     *
     * @param retain whether it was published retained, or null where MQTT 3.1.1 does not tell
     */
    record Published(
            Instant time,
            int server,
            RecordedMessage message,
            @Nullable Boolean retain) implements AtServer {
        @Override
        public Recorded at(Instant value) {
            return new Published(value, server, message, retain);
        }
    }

    /** The recording ended here, and why. The last line of a recording that is whole. */
    record Ended(Instant time, String reason) implements Recorded {
        @Override
        public Recorded at(Instant value) {
            return new Ended(value, reason);
        }
    }
}
