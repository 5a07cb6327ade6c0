package io.akrimqtt.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BoundariesTest {

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.akrimqtt.cli");

    @Test
    void packages_have_no_cycles() {
        slices().matching("io.akrimqtt.cli.(*)..").should().beFreeOfCycles().check(OURS);
    }

    @Test
    void the_handlers_watch_is_run_by_the_dry_run_only() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.akrimqtt.cli.dryrun")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.akrimqtt.handler.watch..", "io.akrimqtt.handler.journal..")
                .check(OURS);
    }

    @Test
    void of_the_programs_only_the_reading_of_details_is_known_and_only_where_files_or_messages_are_read() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.akrimqtt.handler.report..",
                        "io.akrimqtt.handler.akri..",
                        "io.akrimqtt.handler.api..",
                        "io.akrimqtt.handler.observe..",
                        "io.akrimqtt.monitor..")
                .check(OURS);
        noClasses()
                .that()
                .resideOutsideOfPackages(
                        "io.akrimqtt.cli.configuration",
                        "io.akrimqtt.cli.explain",
                        "io.akrimqtt.cli.access",
                        "io.akrimqtt.cli.replay",
                        "io.akrimqtt.cli.dryrun",
                        "io.akrimqtt.cli.command")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.akrimqtt.handler..", "io.akrimqtt.presence..")
                .check(OURS);
    }

    @Test
    void only_the_main_class_knows_the_standard_streams_and_the_environment() {
        noClasses()
                .that()
                .doNotHaveSimpleName("CliMain")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .orShould()
                .callMethod(System.class, "getenv")
                .check(OURS);
    }

    @Test
    void time_is_given_and_nobody_sleeps() {
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
    void yaml_is_known_where_files_are_read_and_the_mqtt_server_where_it_is_started() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.akrimqtt.cli.configuration")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.yaml..")
                .check(OURS);
        noClasses()
                .that()
                .resideOutsideOfPackage("io.akrimqtt.cli.local")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("com.hivemq..")
                .check(OURS);
    }

    @Test
    void the_kubernetes_client_is_known_where_clusters_are_looked_at() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.akrimqtt.cli.kube")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.fabric8..")
                .check(OURS);
    }
}
