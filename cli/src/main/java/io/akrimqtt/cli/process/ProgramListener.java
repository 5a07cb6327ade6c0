package io.akrimqtt.cli.process;

/** Is told about one supervised program. */
@FunctionalInterface
public interface ProgramListener {

    /** Called in order, on the program's own thread; must not close its supervisor. */
    void on(ProgramEvent event);
}
