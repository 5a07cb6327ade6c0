package io.akrimqtt.cli.local;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.FileAppender;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Sends what the embedded MQTT server logs to a file, and only there. */
final class ServerLog implements AutoCloseable {

    private static final List<String> LOGGERS = List.of("com.hivemq", "jetbrains.exodus");

    private final List<Logger> loggers;
    private final FileAppender<ILoggingEvent> appender;

    private ServerLog(List<Logger> loggers, FileAppender<ILoggingEvent> appender) {
        this.loggers = loggers;
        this.appender = appender;
    }

    /** Begins the file anew. */
    static ServerLog to(Path file) {
        var appender = new FileAppender<ILoggingEvent>();
        if (!(LoggerFactory.getILoggerFactory() instanceof LoggerContext context)) {
            return new ServerLog(List.of(), appender);
        }
        var encoder = new PatternLayoutEncoder();
        encoder.setContext(context);
        encoder.setPattern("%d{yyyy-MM-dd'T'HH:mm:ss.SSSXXX} %-5level %logger{20} %msg%n");
        encoder.start();
        appender.setContext(context);
        appender.setFile(file.toString());
        appender.setAppend(false);
        appender.setEncoder(encoder);
        appender.start();
        var loggers = LOGGERS.stream().map(context::getLogger).toList();
        for (var logger : loggers) {
            logger.setAdditive(false);
            logger.setLevel(Level.INFO);
            logger.addAppender(appender);
        }
        return new ServerLog(loggers, appender);
    }

    @Override
    public void close() {
        loggers.forEach(logger -> {
            logger.setLevel(Level.OFF);
            logger.detachAppender(appender);
        });
        appender.stop();
    }
}
