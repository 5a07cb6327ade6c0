package io.akrimqtt.cli.cluster.rest;

import com.sun.net.httpserver.HttpExchange;
import io.akrimqtt.cli.cluster.Caller;
import java.util.Locale;

/** One call of a known caller. */
record Call(HttpExchange exchange, Answer answer, Identity identity, Query query) {

    private static final int LONGEST_MANAGER = 128;

    String method() {
        return exchange.getRequestMethod();
    }

    private String header(String name) {
        var value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    /** The media type of the body, without parameters. */
    String contentType() {
        var type = header("Content-Type");
        int end = type.indexOf(';');
        return (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    }

    boolean wantsTable() {
        return header("Accept").contains("as=Table");
    }

    /** Whoever applies must name a field manager. */
    Caller applier() {
        return caller(query.text("fieldManager"));
    }

    /** Other writes are by the named manager, or else by the program that the user agent names. */
    Caller writer() {
        var named = query.text("fieldManager");
        var agent = header("User-Agent");
        int end = agent.indexOf('/');
        return caller(named.isEmpty() ? (end < 0 ? agent : agent.substring(0, end)) : named);
    }

    private Caller caller(String manager) {
        var bounded = manager.length() <= LONGEST_MANAGER ? manager : manager.substring(0, LONGEST_MANAGER);
        return new Caller(identity.user(), identity.node(), bounded, query.dryRun());
    }
}
