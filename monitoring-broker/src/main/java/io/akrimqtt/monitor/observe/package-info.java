/** What others see of the workload itself: its metrics, and its own announcement with a Last Will. */
@NullMarked
package io.akrimqtt.monitor.observe;

import org.jspecify.annotations.NullMarked;
