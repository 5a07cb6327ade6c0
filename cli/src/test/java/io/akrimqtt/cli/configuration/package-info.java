/** What is said about files. */
@NullMarked
package io.akrimqtt.cli.configuration;

import org.jspecify.annotations.NullMarked;
