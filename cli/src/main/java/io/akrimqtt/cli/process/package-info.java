/**
 * Java programs as child processes: started from folders of jars, started again when they die, gone when this process goes, even
 * when it is killed. {@link io.akrimqtt.cli.process.Supervisor} keeps one program running, {@link
 * io.akrimqtt.cli.process.Workloads} one monitoring broker for each Instance, and {@link io.akrimqtt.cli.process.RunDirectory} is
 * what other commands find about them. It knows no device and no rule of Akri's.
 */
@NullMarked
package io.akrimqtt.cli.process;

import org.jspecify.annotations.NullMarked;
