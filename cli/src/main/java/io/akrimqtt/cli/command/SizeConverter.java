package io.akrimqtt.cli.command;

import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Sizes as people write them: {@code 500kB}, {@code 100MB}, {@code 2GB}, in steps of 1000. From 10 kB to 1000 GB. */
final class SizeConverter implements ITypeConverter<Long> {

    private static final Pattern FORM = Pattern.compile("(\\d{1,9})(kb|mb|gb)");
    private static final long LEAST = 10_000;
    private static final long MOST = 1_000_000_000_000L;

    @Override
    public Long convert(String text) {
        var match = FORM.matcher(text.toLowerCase(Locale.ROOT));
        if (!match.matches()) {
            throw wrong(text);
        }
        long amount = Long.parseLong(match.group(1));
        long size = switch (match.group(2)) {
            case "kb" -> amount * 1_000;
            case "mb" -> amount * 1_000_000;
            default -> amount * 1_000_000_000;
        };
        if (size < LEAST || size > MOST) {
            throw wrong(text);
        }
        return size;
    }

    private static TypeConversionException wrong(String text) {
        return new TypeConversionException("'" + text + "' (expected: a size such as 500kB, 100MB or 2GB, from 10kB)");
    }
}
