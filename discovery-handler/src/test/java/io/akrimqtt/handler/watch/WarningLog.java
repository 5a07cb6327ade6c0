package io.akrimqtt.handler.watch;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.akrimqtt.messaging.client.ServerUrl;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.slf4j.LoggerFactory;

/** What our programs warn of while it is open. One at a time. */
final class WarningLog implements AutoCloseable {

    private final Logger logger;
    private final ListAppender<ILoggingEvent> events = new ListAppender<>();

    private WarningLog(Logger logger) {
        this.logger = logger;
    }

    static WarningLog open() {
        // Tests that run beside this one may be about to start the logging.
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> LoggerFactory.getILoggerFactory() instanceof LoggerContext);
        var context = (LoggerContext) LoggerFactory.getILoggerFactory();
        var log = new WarningLog(context.getLogger("io.akrimqtt"));
        log.events.start();
        log.logger.addAppender(log.events);
        log.logger.setLevel(Level.WARN);
        return log;
    }

    /** All texts and data of the warnings about one MQTT server. */
    List<String> about(ServerUrl server) {
        return List.copyOf(events.list).stream()
                .map(event -> event.getMessage() + " " + event.getKeyValuePairs())
                .filter(text -> text.contains(server.toString()))
                .toList();
    }

    @Override
    public void close() {
        logger.setLevel(null);
        logger.detachAppender(events);
    }
}
