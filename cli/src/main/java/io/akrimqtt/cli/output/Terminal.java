package io.akrimqtt.cli.output;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What the output goes to.
 *
 * @param interactive whether a person looks at it: lines can be drawn again
 * @param colours whether colours are wanted
 * @param columns its width in characters
 * @param rows its height in lines
 */
public record Terminal(boolean interactive, boolean colours, int columns, int rows) {

    /** A file, a pipe: as wide as it takes. */
    public static final Terminal NONE = new Terminal(false, false, Integer.MAX_VALUE, Integer.MAX_VALUE);

    private static final int COLUMNS = 80;
    private static final int ROWS = 24;

    /**
     * Looks what there is: a terminal that is not {@code dumb}; colours unless {@code NO_COLOR} is set.
     *
     * @param terminal whether input and output are a terminal
     * @see <a href="https://no-color.org">NO_COLOR</a>
     */
    public static Terminal detect(boolean terminal, Map<String, String> environment) {
        if (!terminal || environment.getOrDefault("TERM", "dumb").equals("dumb")) {
            return NONE;
        }
        var size = size();
        boolean colours = environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Terminal(true, colours, number(size, 1, COLUMNS), number(size, 0, ROWS));
    }

    Ansi ansi() {
        return colours ? Ansi.ON : Ansi.OFF;
    }

    /** Rows and columns; the JDK cannot tell them. */
    private static String[] size() {
        try {
            var process = new ProcessBuilder("stty", "size")
                    .redirectInput(Redirect.INHERIT)
                    .redirectError(Redirect.DISCARD)
                    .start();
            var text = new String(process.getInputStream().readNBytes(64), StandardCharsets.US_ASCII);
            if (!process.waitFor(1, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            return text.strip().split(" ", -1);
        } catch (IOException _) {
            return new String[0];
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return new String[0];
        }
    }

    private static int number(String[] size, int index, int otherwise) {
        boolean there = size.length == 2 && size[index].matches("[1-9]\\d{0,4}");
        return there ? Integer.parseInt(size[index]) : otherwise;
    }
}
