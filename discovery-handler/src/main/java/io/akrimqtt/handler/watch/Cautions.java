package io.akrimqtt.handler.watch;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says once for each watch what is allowed and yet not wise. */
final class Cautions {

    private static final Logger LOG = LoggerFactory.getLogger(Cautions.class);

    private Cautions() {}

    /** Looks at how each MQTT server is connected to. */
    static void tell(WatchSettings settings) {
        boolean anybody = settings.details().tls().insecureSkipVerify();
        for (var server : settings.details().servers()) {
            boolean encrypted = server.url().transport().encrypted();
            if (encrypted && anybody) {
                LOG.atWarn()
                        .addKeyValue(LogKey.SERVER, server.url())
                        .log("any certificate of the MQTT server is believed, since tls.insecureSkipVerify is written");
            }
            if (!encrypted && settings.secrets(server).credentials().username().isPresent()) {
                LOG.atWarn()
                        .addKeyValue(LogKey.SERVER, server.url())
                        .log("user name and password go to the MQTT server without encryption");
            }
        }
    }
}
