package io.akrimqtt.cli.output;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Lines that stay, and below them a table that is drawn again in place. Never higher than the terminal: what does not fit is
 * counted. Confined to one thread.
 */
public final class LiveScreen implements AutoCloseable {

    private static final String CLEAR_BELOW = "\r\u001b[J";
    /** Lines too long are cut by the terminal itself, whatever its width has become. */
    private static final String NO_WRAP = "\u001b[?7l";

    private static final String WRAP = "\u001b[?7h";

    private final PrintStream out;
    private final Terminal terminal;
    private int drawn;

    LiveScreen(PrintStream out, Terminal terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    /** Prints lines that stay, then the table below them. */
    public void show(List<String> lines, Table table) {
        var text = new StringBuilder(NO_WRAP);
        if (drawn > 0) {
            text.append("\u001b[%dA".formatted(drawn));
        }
        text.append(CLEAR_BELOW);
        lines.forEach(line -> text.append(line).append('\n'));
        var below = below(table);
        below.forEach(line -> text.append(line).append('\n'));
        drawn = below.size();
        out.print(text.append(WRAP));
        out.flush();
    }

    private List<String> below(Table table) {
        var rows = table.lines(terminal.columns());
        var below = new ArrayList<String>();
        below.add("");
        int room = Math.max(2, terminal.rows() - 3);
        for (int i = 0; i < Math.min(room, rows.size()); i++) {
            below.add(i == 0 ? terminal.ansi().paint(Ansi.Colour.DIM, rows.get(i)) : rows.get(i));
        }
        if (rows.size() > room) {
            below.add("… and " + (rows.size() - room) + " more");
        }
        return below;
    }

    /** Leaves what is drawn and goes on below it. */
    @Override
    public void close() {
        drawn = 0;
    }
}
