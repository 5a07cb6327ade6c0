/** Akri's controller: it makes the pods of Instances, and cleans Instances of nodes that were lost. */
@NullMarked
package io.akrimqtt.cli.cluster.controller;

import org.jspecify.annotations.NullMarked;
