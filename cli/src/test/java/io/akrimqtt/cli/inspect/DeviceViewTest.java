package io.akrimqtt.cli.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.akrimqtt.cli.output.Field;
import io.akrimqtt.cli.process.InstanceState;
import io.akrimqtt.cli.process.WorkloadState;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeviceViewTest {

    private static final InstanceState RUNNING = new InstanceState(
            "factory-8f2c1a", "factory", "factory/a/press-1", "press-1", "unix:/x", "/log", 42, WorkloadState.RUNNING);

    @Test
    void a_device_with_a_workload_tells_all() {
        var view = new DeviceView("factory/a/press-1", "press-1", "online", "activity", "t", "it spoke", RUNNING);

        assertThat(view.row())
                .containsExactly("press-1", "online", "activity", "factory-8f2c1a", "running", "it spoke");
        assertThat(view.event(Instant.EPOCH).value(Field.PID)).contains(42L);
        assertThat(view.event(Instant.EPOCH).text(Field.WORKLOAD)).isEqualTo("running");
    }

    @Test
    void a_device_without_an_instance_has_no_workload_and_no_process() {
        var view = new DeviceView("factory/a/press-1", "press-1", "offline", "status", "", "it left", null);

        assertThat(view.row()).containsExactly("press-1", "offline", "status", "-", "-", "it left");
        assertThat(view.event(Instant.EPOCH).value(Field.PID)).isEmpty();
        assertThat(view.event(Instant.EPOCH).value(Field.WORKLOAD)).isEmpty();
    }

    @Test
    void a_device_is_called_by_its_id_its_name_or_its_instance() {
        var view = new DeviceView("factory/a/press-1", "press-1", "", "", "", "", RUNNING);

        assertThat(view.called("factory/a/press-1")).isTrue();
        assertThat(view.called("press-1")).isTrue();
        assertThat(view.called("factory-8f2c1a")).isTrue();
        assertThat(view.called("press")).isFalse();
    }

    @Test
    void a_table_has_a_column_for_groups_where_there_are_any() {
        var member = new DeviceView("l/l1/saw", "saw", "online", "activity", "", "it spoke", null, "l/l1", null);
        var group = new DeviceView(
                "l/l1", "l1", "online", "activity", "", "saw: it spoke", RUNNING, "", new DeviceView.Members(3, 1));
        var plain = new DeviceView("r/r7", "r7", "online", "activity", "", "it spoke", null);

        assertThat(DeviceView.table(List.of(plain)).headings()).doesNotContain("GROUP");
        var table = DeviceView.table(List.of(group, member, plain));
        assertThat(table.headings()).containsSequence("DEVICE", "GROUP", "PRESENCE");
        assertThat(table.rows()).extracting(row -> row.get(1)).containsExactly("1 of 3 devices", "l/l1", "-");
        assertThat(group.event(Instant.EPOCH).value(Field.MEMBERS)).contains(3L);
        assertThat(member.event(Instant.EPOCH).text(Field.GROUP)).isEqualTo("l/l1");
    }
}
