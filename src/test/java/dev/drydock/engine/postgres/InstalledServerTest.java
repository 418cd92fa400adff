package dev.drydock.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.engine.postgres.server.ExtensionStubs;
import dev.drydock.engine.postgres.server.ServerBinaries;
import dev.drydock.replay.ReplayException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstalledServerTest {
  private static final PostgresEngine.Installation BUNDLED = TestServers.installation();

  @Test
  void aServerInADirectoryIsUsedWithoutAnyArtifact() throws Exception {
    ServerBinaries unpacked = ServerBinaries.find(places(Optional.empty()), 17);
    PostgresEngine.Installation installation =
        new PostgresEngine.Installation(
            Optional.of(unpacked.home()),
            BUNDLED.cache(),
            List.of(),
            BUNDLED.platform(),
            BUNDLED.temporary(),
            Optional.empty());

    assertThat(PostgresEngine.majors(installation)).containsExactly(17);
    try (PostgresEngine engine = PostgresEngine.startBundled(installation, 17, 1L << 30)) {
      assertThat(engine.version()).isEqualTo(unpacked.version());
    }
    assertThat(unpacked.home().resolve("share/postgresql/extension/drydock-" + stubs())).exists();
  }

  @Test
  void anotherMajorIsNotTakenFromIt() throws Exception {
    ServerBinaries unpacked = ServerBinaries.find(places(Optional.empty()), 17);
    ServerBinaries.Places places =
        new ServerBinaries.Places(
            Optional.of(unpacked.home()), BUNDLED.cache(), List.of(), BUNDLED.platform());

    assertThatThrownBy(() -> ServerBinaries.find(places, 16))
        .isInstanceOf(ReplayException.class)
        .hasMessageContaining("there are no PostgreSQL 16 binaries")
        .hasMessageContaining("there are: 17");
  }

  @Test
  void aDirectoryWithoutAServerIsRefused(@TempDir Path empty) throws Exception {
    assertThatThrownBy(() -> ServerBinaries.find(places(Optional.of(empty)), 17))
        .isInstanceOf(ReplayException.class)
        .hasMessageContaining("DRYDOCK_POSTGRES names " + empty);
  }

  @Test
  void aProgramThatIsNoServerIsRefusedWithItsWords(@TempDir Path home) throws Exception {
    for (String name : List.of("postgres", "initdb")) {
      Path program = Files.createDirectories(home.resolve("bin")).resolve(name);
      Files.writeString(program, "#!/bin/sh\necho no such thing\n");
      assertThat(program.toFile().setExecutable(true)).isTrue();
    }

    assertThatThrownBy(() -> ServerBinaries.find(places(Optional.of(home)), 17))
        .isInstanceOf(ReplayException.class)
        .hasMessageContaining("it said: no such thing");
  }

  private static String stubs() {
    return ExtensionStubs.fingerprint();
  }

  private static ServerBinaries.Places places(Optional<Path> installed) {
    return new ServerBinaries.Places(
        installed, BUNDLED.cache(), BUNDLED.artifacts(), BUNDLED.platform());
  }
}
