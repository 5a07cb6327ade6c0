package io.akrimqtt.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.cli.output.Event;
import io.akrimqtt.cli.output.EventType;
import io.akrimqtt.cli.output.Field;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PictureTest {

    private final Picture picture = new Picture();

    @Test
    void shows_device_instance_and_workload_in_one_row() {
        picture.on(about(EventType.DEVICE_ONLINE).with(Field.TEXT, "it published something"));
        picture.on(about(EventType.INSTANCE_CREATED).with(Field.INSTANCE, "factory-8f2c1a"));
        picture.on(about(EventType.WORKLOAD_RUNNING).with(Field.INSTANCE, "factory-8f2c1a"));

        assertThat(picture.table().lines(200))
                .containsExactly(
                        "DEVICE    PRESENCE   INSTANCE         WORKLOAD   WHY",
                        "press-1   online     factory-8f2c1a   running    it published something");
    }

    @Test
    void a_device_whose_workload_went_stays_with_the_reason() {
        picture.on(about(EventType.WORKLOAD_RUNNING).with(Field.INSTANCE, "factory-8f2c1a"));
        picture.on(about(EventType.DEVICE_OFFLINE).with(Field.TEXT, "its Last Will said offline"));
        picture.on(about(EventType.WORKLOAD_GONE).with(Field.INSTANCE, "factory-8f2c1a"));

        assertThat(picture.table().lines(200).getLast())
                .isEqualTo("press-1   offline    -          -          its Last Will said offline");
    }

    @Test
    void a_forgotten_device_leaves() {
        picture.on(about(EventType.DEVICE_ONLINE));
        picture.on(about(EventType.DEVICE_FORGOTTEN));

        assertThat(picture.table().rows()).isEmpty();
    }

    private static Event about(EventType type) {
        return Event.of(type, Instant.EPOCH)
                .with(Field.DEVICE, "press-1")
                .with(Field.DEVICE_ID, "factory/forming/press-1");
    }
}
