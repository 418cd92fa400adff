package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script that starts the program. */
class LauncherTest {
  @TempDir private Path directory;

  @Test
  void withoutAJavaTheLauncherSaysWhatToInstall() throws Exception {
    // Where Java is looked for there is none, and this is the only program to be found.
    Path bin = Files.createDirectory(directory.resolve("bin"));
    Files.createSymbolicLink(
        bin.resolve("readlink"),
        Stream.of("/usr/bin", "/bin")
            .map(place -> Path.of(place, "readlink"))
            .filter(Files::isExecutable)
            .findFirst()
            .orElseThrow());
    String script = Files.readString(Path.of("tools/java-home").toAbsolutePath());
    Path tools = Files.createDirectory(directory.resolve("tools"));
    Path javaHome = tools.resolve("java-home");
    Files.writeString(
        javaHome,
        script.replaceAll("(/opt|/usr/lib/jvm|/Library)/", directory.resolve("nothing") + "/"));
    assertThat(javaHome.toFile().setExecutable(true)).isTrue();
    Path launcher = directory.resolve("drydock");
    Files.copy(Path.of("drydock").toAbsolutePath(), launcher);
    // As in a directory of programs: what belongs to the script lies where the link leads.
    Path link = Files.createSymbolicLink(bin.resolve("drydock"), Path.of("../drydock"));
    ProcessBuilder builder = new ProcessBuilder("/bin/sh", link.toString(), "lint");
    builder.environment().clear();
    builder.environment().put("PATH", bin.toString());
    builder.environment().put("HOME", directory.toString());
    Process process = builder.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(said).isEqualTo(3);
    assertThat(said)
        .isEqualTo(
            "drydock: there is no Java of version 21 or newer here. Install one (Debian, Ubuntu: apt"
                + " install openjdk-21-jdk-headless; or Temurin from adoptium.net), or set JAVA_HOME"
                + " to one.\n");
  }
}
