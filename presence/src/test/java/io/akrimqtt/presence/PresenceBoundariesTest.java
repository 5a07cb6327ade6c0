package io.akrimqtt.presence;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Clock;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What the rooms of this module may know. */
class PresenceBoundariesTest {

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.akrimqtt.presence");

    @Test
    void the_core_knows_only_the_jdk() {
        classes()
                .that()
                .resideInAPackage("..presence.state..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "io.akrimqtt.presence.state..",
                        "java.lang..",
                        "java.util",
                        "java.util.function..",
                        "java.util.stream..",
                        "java.time..",
                        "java.nio.charset..",
                        "org.jspecify..")
                .check(OURS);
    }

    @Test
    void nothing_here_asks_what_time_it_is() {
        noClasses()
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Clock.class)
                .check(OURS);
    }

    @Test
    void conventions_know_no_adapter() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.akrimqtt.messaging.mqtt..", "com.hivemq..", "io.grpc..", "org.slf4j..")
                .check(OURS);
    }
}
