package io.akrimqtt.serving;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LifelineTest {

    @Test
    void ends_the_program_when_the_input_ends_and_not_before() throws Exception {
        var ended = new CountDownLatch(1);
        var input = new PipedInputStream();
        try (var output = new PipedOutputStream(input)) {
            Lifeline.hold("stdin", input, ended::countDown);
            output.write("ignored\n".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            assertThat(ended.getCount()).isEqualTo(1);
        }

        assertThat(ended.await(60, TimeUnit.SECONDS)).isTrue();
    }
}
