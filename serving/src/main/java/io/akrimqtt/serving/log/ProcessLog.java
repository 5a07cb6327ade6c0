package io.akrimqtt.serving.log;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Makes one log of all that a process has to say: of libraries that log elsewhere, and of threads that end with an error. */
public final class ProcessLog {

    private static final Logger LOG = LoggerFactory.getLogger(ProcessLog.class);

    private ProcessLog() {}

    /** Before anything else that may log; once for each process. */
    public static void begin() {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
        Thread.setDefaultUncaughtExceptionHandler((thread, error) -> LOG.atError()
                .addKeyValue("thread", thread.getName())
                .setCause(error)
                .log("thread ended with an error"));
    }
}
