package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutputToReaderTest {
  @ParameterizedTest
  @CsvSource({"Broken pipe, false", "No space left on device, true"})
  void aReaderThatLeavesIsNoError(String words, boolean error) {
    OutputStream failing =
        new OutputStream() {
          @Override
          public void write(int value) throws IOException {
            throw new IOException(words);
          }
        };
    PrintStream out = new PrintStream(new OutputToReader(failing), true, StandardCharsets.UTF_8);

    out.println("first");
    out.println("second");

    assertThat(out.checkError()).isEqualTo(error);
  }
}
