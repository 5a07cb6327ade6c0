package io.akrimqtt.messaging.rpc;

import io.akrimqtt.messaging.message.Message;
import java.util.Optional;

/** Names of user properties and the status they carry, as the mRPC protocol of Azure IoT Operations has them. */
final class Headers {

    static final String STATUS = "__stat";
    static final String STATUS_MESSAGE = "__stMsg";
    static final String APPLICATION_ERROR = "__apErr";
    static final String PROTOCOL_VERSION = "__protVer";
    static final String SOURCE = "__srcId";
    static final String VERSION = "1.0";

    /** What devices write that know nothing of mRPC. */
    private static final String PLAIN_STATUS = "status";

    private Headers() {}

    /** The status that a message tells beside its payload. */
    static Optional<String> status(Message message) {
        return message.userProperty(STATUS).or(() -> message.userProperty(PLAIN_STATUS));
    }

    static String text(Message message) {
        return message.userProperty(STATUS_MESSAGE).orElse("");
    }
}
