package io.akrimqtt.monitor;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.akrimqtt.monitor");

    @Test
    void packages_have_no_cycles() {
        slices().matching("io.akrimqtt.monitor.(*)..").should().beFreeOfCycles().check(OURS);
    }

    @Test
    void only_the_api_and_main_know_grpc() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.akrimqtt.monitor.api..")
                .and()
                .doNotHaveSimpleName("MonitorMain")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.grpc..", "com.google.protobuf..", "io.akrimqtt.proto..")
                .check(OURS);
    }

    @Test
    void only_main_knows_which_mqtt_client_there_is() {
        noClasses()
                .that()
                .doNotHaveSimpleName("MonitorMain")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.akrimqtt.messaging.mqtt..", "com.hivemq..")
                .check(OURS);
    }

    @Test
    void only_main_asks_the_environment_and_the_streams_of_the_process() {
        noClasses()
                .that()
                .haveSimpleNameNotEndingWith("Main")
                .should()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .check(OURS);
    }

    @Test
    void nobody_asks_what_time_it_is_but_an_instant_source() {
        noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .check(OURS);
    }

    @Test
    void telemetry_knows_neither_commands_nor_settings() {
        classes()
                .that()
                .resideInAPackage("io.akrimqtt.monitor.telemetry..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.akrimqtt.monitor.telemetry..",
                        "io.akrimqtt.messaging.client..",
                        "io.akrimqtt.messaging.message..",
                        "io.akrimqtt.messaging.topic..",
                        "java..",
                        "org.jspecify..")
                .check(OURS);
    }
}
