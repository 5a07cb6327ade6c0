/** What happens to devices, Instances and pods when something goes wrong: one story, told on the local cluster and on a real one. */
@NullMarked
package io.akrimqtt.helm.story;

import org.jspecify.annotations.NullMarked;
