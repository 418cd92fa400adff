package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InstallationTest {
  @ParameterizedTest
  @ValueSource(strings = {"/opt/my tools/drydock.jar", "/opt/a+b/drydock.jar", "/opt/50%/é.jar"})
  void thePlaceIsThePathAndNotTheUrl(String path) throws Exception {
    Path jar = Path.of(path);

    assertThat(Installation.place(jar.toUri().toURL())).isEqualTo(jar);
  }
}
