package io.akrimqtt.messaging;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.Predefined;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.akrimqtt.messaging");

    @Test
    void packages_have_no_cycles() {
        slices().matching("io.akrimqtt.messaging.(*)..")
                .should()
                .beFreeOfCycles()
                .check(OURS);
    }

    @Test
    void only_the_adapter_knows_the_client_library() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..messaging.mqtt..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("com.hivemq..", "io.netty..", "io.reactivex..", "org.reactivestreams..")
                .check(OURS);
    }

    @Test
    void nobody_but_users_knows_the_adapter() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..messaging.mqtt..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("..messaging.mqtt..")
                .check(OURS);
    }

    @Test
    void messaging_knows_neither_akri_nor_grpc_nor_kubernetes() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.grpc..",
                        "io.fabric8..",
                        "com.google.protobuf..",
                        "io.akrimqtt.proto..",
                        "io.akrimqtt.presence..",
                        "io.akrimqtt.handler..",
                        "io.akrimqtt.monitor..")
                .check(OURS);
    }

    @Test
    void nobody_asks_what_time_it_is_or_sleeps() {
        noClasses().should().callMethod(Instant.class, "now").check(OURS);
        noClasses().should().callMethod(System.class, "currentTimeMillis").check(OURS);
        noClasses().should().callMethod(Thread.class, "sleep", long.class).check(OURS);
    }

    @Test
    void nothing_writes_to_the_standard_streams() {
        noClasses().should().accessField(System.class, "out").check(OURS);
        noClasses().should().accessField(System.class, "err").check(OURS);
    }
}
