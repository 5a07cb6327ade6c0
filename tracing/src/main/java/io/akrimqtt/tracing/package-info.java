/**
 * Spans to a collector by OTLP, with OpenTelemetry's own SDK. Start with {@link io.akrimqtt.tracing.OtlpTracing}, which programs touch
 * only where they are told to export: nothing here is loaded before.
 */
@NullMarked
package io.akrimqtt.tracing;

import org.jspecify.annotations.NullMarked;
