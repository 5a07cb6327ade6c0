package io.akrimqtt.cli.agent;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What the rooms of this module that start and supervise may know. */
class BoundariesTest {

    private static final JavaClasses OURS = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.akrimqtt.cli.agent", "io.akrimqtt.cli.process");

    @Test
    void the_rules_know_no_thread_no_clock_and_no_network() {
        classes()
                .that()
                .belongToAnyOf(
                        AgentCore.class,
                        HandlerGate.class,
                        Handlers.class,
                        InstanceCache.class,
                        PluginCore.class,
                        Plugin.class,
                        Settlement.class,
                        DiscoveryRequest.class,
                        DiscoverStream.class,
                        TrackedConfiguration.class)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java.lang..",
                        "java.util",
                        "java.util.function",
                        "java.util.stream",
                        "java.time",
                        "io.akrimqtt.cli.agent",
                        "org.jspecify..")
                .check(OURS);
    }

    @Test
    void the_agent_knows_nothing_of_processes() {
        noClasses()
                .that()
                .resideInAPackage("io.akrimqtt.cli.agent")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.akrimqtt.cli.process")
                .check(OURS);
    }

    @Test
    void nobody_asks_the_wall_clock_or_sleeps() {
        noClasses().should().callMethod(Instant.class, "now").check(OURS);
        noClasses().should().callMethod(System.class, "currentTimeMillis").check(OURS);
        noClasses().should().callMethod(Thread.class, "sleep", long.class).check(OURS);
    }
}
