package io.akrimqtt.cli.configuration;

import io.akrimqtt.handler.details.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is found in one file; after 500 findings it takes no more and says so. Confined to its reader. */
final class Findings {

    private static final int MAX = 500;

    private final String file;
    private final List<Finding> all = new ArrayList<>();

    Findings(String file) {
        this.file = file;
    }

    String file() {
        return file;
    }

    /** Takes one; line and column are from 1. */
    void add(Severity severity, int line, int column, String path, String found, String expected) {
        if (all.size() < MAX) {
            all.add(new Finding(severity, new Problem(file, line, column, path, found, expected)));
        } else if (all.size() == MAX) {
            all.add(new Finding(
                    Severity.ERROR,
                    new Problem(
                            file, line, column, "", "more than " + MAX + " findings", "fewer; the rest is not shown")));
        }
    }

    /** In the order of their places. */
    List<Finding> sorted() {
        return all.stream()
                .sorted(Comparator.<Finding>comparingInt(
                                finding -> finding.problem().line())
                        .thenComparingInt(finding -> finding.problem().column()))
                .toList();
    }
}
