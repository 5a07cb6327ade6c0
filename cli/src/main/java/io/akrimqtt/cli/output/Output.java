package io.akrimqtt.cli.output;

import java.io.PrintStream;
import java.time.ZoneId;

/** Prints events: as lines for people, or as JSON Lines for programs. Thread-safe. */
public final class Output {

    /** How to print. */
    public enum Form {
        TEXT,
        JSON
    }

    private final PrintStream out;
    private final Form form;
    private final Terminal terminal;
    private final EventFormat format;

    /** Prints to a stream; the zone is that of the times which people read. */
    public Output(PrintStream out, Form form, Terminal terminal, ZoneId zone) {
        this.out = out;
        this.form = form;
        this.terminal = form == Form.JSON ? Terminal.NONE : terminal;
        this.format = form == Form.JSON ? new JsonFormat() : new TextFormat(zone, this.terminal.ansi());
    }

    public boolean json() {
        return form == Form.JSON;
    }

    /** Whether lines can be drawn again. */
    public boolean live() {
        return terminal.interactive();
    }

    /** Prints an event. */
    public void event(Event event) {
        line(format.line(event));
    }

    /** Prints a text for people, where the output is for people. */
    public void text(String text) {
        if (!json()) {
            line(text);
        }
    }

    /** Prints a table for people, where the output is for people. */
    public void table(Table table) {
        table.lines(terminal.columns()).forEach(this::text);
    }

    /** A screen at the end of this output; only where it is {@link #live}. */
    public LiveScreen screen() {
        return new LiveScreen(out, terminal);
    }

    /** A word in the colour of a kind of news, where there are colours. */
    public String painted(EventType type, String word) {
        return terminal.ansi().paint(Ansi.of(type), word);
    }

    /** The line that an event would be. */
    public String lineOf(Event event) {
        return format.line(event);
    }

    /** Whether nobody reads any more: the other end of a pipe has gone. */
    public boolean closed() {
        return out.checkError();
    }

    private void line(String line) {
        synchronized (out) {
            out.println(line);
            out.flush();
        }
    }
}
