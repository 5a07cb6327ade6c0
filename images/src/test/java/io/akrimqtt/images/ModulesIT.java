package io.akrimqtt.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.spi.ToolProvider;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The JDK's modules that images have, against those that their jars refer to. */
class ModulesIT {

    /**
     * What libraries refer to and do without: Jackson, SnakeYAML and Logback of java.desktop (beans) and java.sql (dates), Guava's
     * and the like of jdk.jfr (events).
     */
    private static final Set<String> DONE_WITHOUT = Set.of("java.desktop", "java.sql", "jdk.jfr");

    @ParameterizedTest
    @ValueSource(strings = {BuiltImage.DISCOVERY_HANDLER, BuiltImage.MONITORING_BROKER, BuiltImage.DISPATCHER})
    void the_images_have_the_modules_that_jars_refer_to(String program) throws IOException {
        var needed =
                new TreeSet<>(referredTo(BuiltImage.REPOSITORY.resolve(program).resolve("target/app")));
        needed.removeAll(DONE_WITHOUT);

        assertThat(listed()).containsAll(needed);
    }

    private static Set<String> listed() throws IOException {
        try (var lines = Files.lines(BuiltImage.REPOSITORY.resolve("images/image/modules"))) {
            return new TreeSet<>(lines.filter(line -> !line.startsWith("#")).toList());
        }
    }

    private static List<String> referredTo(Path folder) throws IOException {
        var words = new ArrayList<>(List.of("--multi-release", "25", "--ignore-missing-deps", "--print-module-deps"));
        try (var jars = Files.list(folder)) {
            jars.map(Path::toString).filter(name -> name.endsWith(".jar")).forEach(words::add);
        }
        var jdeps = ToolProvider.findFirst("jdeps").orElseThrow();
        var output = new StringWriter();
        int code = jdeps.run(new PrintWriter(output), new PrintWriter(output), words.toArray(String[]::new));
        assertThat(code).as(output.toString()).isZero();
        return List.of(output.toString().strip().split(","));
    }
}
