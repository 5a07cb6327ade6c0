package io.akrimqtt.cli.command;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A moment of a recording, as people name it: a time in ISO-8601, or how long after the beginning. */
@FunctionalInterface
interface Moment {

    /** The moment, given when the recording begins. */
    Instant in(Instant beginning);

    /** Reads it. */
    final class Converter implements ITypeConverter<Moment> {

        @Override
        public Moment convert(String text) {
            try {
                var time = Instant.parse(text);
                return _ -> time;
            } catch (DateTimeParseException _) {
                return after(text);
            }
        }

        private static Moment after(String text) {
            try {
                var duration = new DurationConverter().convert(text);
                return beginning -> beginning.plus(duration);
            } catch (TypeConversionException _) {
                throw new TypeConversionException("'" + text + "' (expected: a time such as 2026-11-20T12:00:00Z, "
                        + "or how long after the beginning, such as 90s)");
            }
        }
    }
}
