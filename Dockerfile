# The images of the programs: docker build --target discovery-handler|monitoring-broker|dispatcher .
# after mvn -DskipTests package. Nothing here depends on the architecture, and no step needs a network. See docs/images.md.

# A JDK 25 with a shell.
ARG JDK_IMAGE=eclipse-temurin:25-jdk
# glibc alone; neither a shell nor a Java is needed, and the Java brings its own certificates and time zones.
ARG BASE_IMAGE=debian:12-slim

# A Java with the modules that the programs use.
FROM ${JDK_IMAGE} AS java
COPY images/image/modules /build/modules
RUN "${JAVA_HOME:-/opt/java/openjdk}/bin/jlink" \
      --add-modules "$(grep -v '^#' /build/modules | tr '\n' ',')" \
      --strip-java-debug-attributes --no-header-files --no-man-pages --compress zip-6 --output /opt/java-small
COPY images/target/app /build/training
COPY images/image /build/image

# What all images have.
FROM ${BASE_IMAGE} AS base
LABEL org.opencontainers.image.vendor="akri-mqtt" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="0.1.0"
COPY --from=java /opt/java-small /opt/java-small
COPY LICENSE /opt/akri-mqtt/LICENSE
# Each further arena keeps memory of its own, and hardly a thread allocates natively.
ENV MALLOC_ARENA_MAX=1
ENTRYPOINT ["/opt/java-small/bin/java", "@/opt/akri-mqtt/options"]

# Each program: its jars, its options with its class path, and what the JVM keeps of a training run.
FROM java AS monitoring-broker-trained
COPY monitoring-broker/target/app /opt/akri-mqtt/lib
RUN sh /build/image/train monitoring-broker io.akrimqtt.monitor.MonitorMain

FROM base AS monitoring-broker
LABEL org.opencontainers.image.title="akri-mqtt monitoring broker" \
      org.opencontainers.image.description="The workload of one MQTT device: telemetry out, commands in."
COPY --from=monitoring-broker-trained /opt/akri-mqtt /opt/akri-mqtt
USER 65532:65532

FROM java AS discovery-handler-trained
COPY discovery-handler/target/app /opt/akri-mqtt/lib
RUN sh /build/image/train discovery-handler io.akrimqtt.handler.HandlerMain

# Akri's agent makes its socket as root, for root: uid 0, without any capability.
FROM base AS discovery-handler
LABEL org.opencontainers.image.title="akri-mqtt discovery handler" \
      org.opencontainers.image.description="Tells Akri which MQTT devices are there."
COPY --from=discovery-handler-trained /opt/akri-mqtt /opt/akri-mqtt
USER 0:0

FROM java AS dispatcher-trained
COPY dispatcher/target/app /opt/akri-mqtt/lib
RUN sh /build/image/train dispatcher io.akrimqtt.dispatcher.DispatcherMain

FROM base AS dispatcher
LABEL org.opencontainers.image.title="akri-mqtt dispatcher" \
      org.opencontainers.image.description="Takes commands from MQTT to software that does not speak it."
COPY --from=dispatcher-trained /opt/akri-mqtt /opt/akri-mqtt
USER 65532:65532
