package io.akrimqtt.messaging.rpc;

import io.akrimqtt.messaging.message.Message;
import io.akrimqtt.messaging.message.UserProperty;
import java.util.List;
import java.util.Optional;

/** Names of user properties and the status they carry, as the mRPC protocol of Azure IoT Operations has them. */
final class Headers {

    static final String STATUS = "__stat";
    static final String STATUS_MESSAGE = "__stMsg";
    static final String APPLICATION_ERROR = "__apErr";
    static final String PROPERTY_NAME = "__propName";
    static final String PROPERTY_VALUE = "__propVal";
    static final String PROTOCOL_VERSION = "__protVer";
    static final String REQUEST_VERSION = "__requestProtVer";
    static final String SUPPORTED_VERSIONS = "__supProtMajVer";
    static final String SOURCE = "__srcId";
    static final String VERSION = "1.0";
    static final String MAJOR_VERSION = "1";

    /** Ours: the number of a step before the answer, from 1 on. */
    static final String SEQUENCE = "seq";

    /** Ours: {@code false} with all that is no final answer. */
    static final String LAST = "last";

    /** Ours: the request with this correlation is taken back. */
    static final String CANCEL = "cancel";

    /** Starts the names that the protocol keeps for itself. */
    static final String RESERVED = "__";

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

    /** Whether we understand it; what tells no version has 1.0. */
    static boolean understood(Message message) {
        return message.userProperty(PROTOCOL_VERSION)
                .map(version -> version.matches("1(\\.\\d{1,5})?"))
                .orElse(true);
    }

    /** What the caller wrote, without what the protocol did. */
    static List<UserProperty> application(Message message) {
        return message.userProperties().stream()
                .filter(property -> !property.name().startsWith(RESERVED))
                .toList();
    }
}
