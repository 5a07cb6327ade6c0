package io.akrimqtt.handler;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Which room knows which. */
class BoundariesTest {

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.akrimqtt.handler");

    @Test
    void only_the_grpc_rooms_and_main_know_grpc() {
        noClasses()
                .that()
                .resideOutsideOfPackages("..handler.akri..", "..handler.api..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.grpc..")
                .check(OURS);
    }

    @Test
    void details_know_neither_protobuf_nor_other_rooms() {
        noClasses()
                .that()
                .resideInAPackage("..handler.details..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "com.google.protobuf..",
                        "io.akrimqtt.proto..",
                        "..handler.watch..",
                        "..handler.report..",
                        "..handler.akri..",
                        "..handler.api..",
                        "..handler.observe..")
                .check(OURS);
    }

    @Test
    void only_the_kubernetes_room_knows_the_kubernetes_client() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..handler.kubernetes..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.fabric8..", "com.fasterxml..")
                .check(OURS);
    }

    @Test
    void caretaker_and_placement_are_pure() {
        noClasses()
                .that()
                .resideInAnyPackage("..handler.cluster..", "..handler.caretaker..", "..handler.placement..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "..handler.watch..",
                        "..handler.akri..",
                        "..handler.api..",
                        "..handler.observe..",
                        "..handler.kubernetes..",
                        "org.slf4j..")
                .check(OURS);
    }

    @Test
    void only_details_know_yaml() {
        noClasses()
                .that()
                .resideOutsideOfPackage("..handler.details..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.yaml..")
                .check(OURS);
    }

    @Test
    void the_watch_does_not_know_who_uses_it() {
        noClasses()
                .that()
                .resideInAPackage("..handler.watch..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..handler.report..", "..handler.akri..", "..handler.api..", "..handler.observe..")
                .check(OURS);
    }

    @Test
    void akri_and_api_see_neither_the_mqtt_client_nor_each_other() {
        noClasses()
                .that()
                .resideInAPackage("..handler.akri..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..handler.watch..", "..handler.api..", "io.akrimqtt.messaging.mqtt..")
                .check(OURS);
        noClasses()
                .that()
                .resideInAPackage("..handler.api..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("..handler.akri..", "io.akrimqtt.messaging.mqtt..")
                .check(OURS);
    }

    @Test
    void only_main_reads_the_environment_and_the_walls_clock_and_prints() {
        var notMain = noClasses().that().haveSimpleNameNotEndingWith("Main");
        notMain.should().callMethod(System.class, "getenv").check(OURS);
        notMain.should().callMethod(System.class, "getenv", String.class).check(OURS);
        notMain.should().callMethod(System.class, "currentTimeMillis").check(OURS);
        notMain.should().callMethod(Instant.class, "now").check(OURS);
        notMain.should().callMethod(Clock.class, "systemUTC").check(OURS);
        notMain.should().accessField(System.class, "out").check(OURS);
        notMain.should().accessField(System.class, "err").check(OURS);
    }

    @Test
    void nobody_sleeps() {
        noClasses().should().callMethod(Thread.class, "sleep", long.class).check(OURS);
        noClasses()
                .should()
                .callMethod(Thread.class, "sleep", java.time.Duration.class)
                .check(OURS);
    }

    @Test
    void only_adapters_read_the_monotonic_clock() {
        classes()
                .that()
                .resideInAnyPackage(
                        "..handler.details..", "..handler.report..", "..handler.api..", "..handler.observe..")
                .should()
                .onlyDependOnClassesThat()
                .doNotHaveFullyQualifiedName("io.akrimqtt.serving.MonotonicClock")
                .check(OURS);
        noClasses()
                .that()
                .resideInAnyPackage("..handler.details..", "..handler.report..", "..handler.observe..")
                .should()
                .callMethod(System.class, "nanoTime")
                .check(OURS);
    }

    @Test
    void rooms_have_no_cycles() {
        slices().matching("io.akrimqtt.handler.(*)..").should().beFreeOfCycles().check(OURS);
    }
}
