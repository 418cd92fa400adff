package dev.drydock.engine.postgres.server;

import dev.drydock.replay.ReplayException;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Starts the server's programs, and as an unprivileged user when this process is root: PostgreSQL
 * refuses to run as root, and the SQL it runs is not trusted.
 *
 * <p>{@code unshare -U} is no way out: without a user map the kernel still sees uid 0, and hostile
 * SQL can then read what only root may read.
 *
 * @param prefix the words before a command line that change the user; empty when this process is
 *     not root
 */
public record Launcher(List<String> prefix) {
  /** {@code nobody} on every distribution Drydock is known to run on. */
  private static final int UNPRIVILEGED = 65534;

  private static final List<String> PROGRAM_DIRECTORIES =
      List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin", "/usr/local/bin");

  public Launcher {
    prefix = List.copyOf(prefix);
  }

  /**
   * Finds a way to start programs without privileges.
   *
   * @throws ReplayException when this process is root and there is none
   */
  public static Launcher find() throws ReplayException {
    if (!runsAsRoot()) {
      return new Launcher(List.of());
    }
    String uid = "--reuid=" + UNPRIVILEGED;
    String gid = "--regid=" + UNPRIVILEGED;
    String both = UNPRIVILEGED + ":" + UNPRIVILEGED;
    List<List<String>> candidates =
        List.of(
            List.of(
                "setpriv",
                uid,
                gid,
                "--clear-groups",
                "--no-new-privs",
                "--inh-caps=-all",
                "--bounding-set=-all"),
            List.of("setpriv", uid, gid, "--clear-groups"),
            List.of("chroot", "--userspec=" + both, "--groups=", "/"),
            List.of("su-exec", both),
            List.of("gosu", both),
            List.of("runuser", "-u", "nobody", "--"));
    for (List<String> candidate : candidates) {
      Optional<String> program = program(candidate.get(0));
      if (program.isPresent()) {
        List<String> prefix = new ArrayList<>(candidate);
        prefix.set(0, program.get());
        if (leavesRoot(prefix)) {
          return new Launcher(prefix);
        }
      }
    }
    throw new ReplayException(
        "PostgreSQL does not run as root, and none of setpriv, chroot, su-exec, gosu and runuser can start it as"
            + " another user here",
        "run Drydock as an ordinary user, or install util-linux (setpriv)");
  }

  static boolean runsAsRoot() {
    try {
      return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return false;
    }
  }

  boolean dropsPrivileges() {
    return !prefix.isEmpty();
  }

  /**
   * A process that runs {@code command} with an empty environment and its output in {@code log}.
   */
  public ProcessBuilder process(Path directory, Path log, List<String> command) {
    List<String> words = new ArrayList<>(prefix);
    words.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(words);
    builder.environment().clear();
    builder.environment().put("PATH", "/usr/bin:/bin");
    builder.environment().put("LC_ALL", "C");
    builder.environment().put("TZ", "UTC");
    builder.directory(directory.toFile());
    builder.redirectErrorStream(true);
    builder.redirectOutput(log.toFile());
    return builder;
  }

  public void give(Path path) throws IOException {
    if (dropsPrivileges()) {
      Files.setAttribute(path, "unix:uid", UNPRIVILEGED);
      Files.setAttribute(path, "unix:gid", UNPRIVILEGED);
    }
  }

  /**
   * Takes files from the unprivileged user, who can go on reading them: what later runs start from
   * is not to be written by a server that runs a stranger's SQL.
   */
  void seal(Path root) throws IOException {
    if (!dropsPrivileges()) {
      return;
    }
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes unused)
              throws IOException {
            return seal(file, "rw-r-----");
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, IOException failure)
              throws IOException {
            return seal(directory, "rwxr-x---");
          }

          private FileVisitResult seal(Path path, String permissions) throws IOException {
            Files.setAttribute(path, "unix:uid", 0);
            Files.setAttribute(path, "unix:gid", UNPRIVILEGED);
            Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /**
   * The directory on the way to {@code path}, or {@code path} itself, that the unprivileged user
   * may not enter, the nearest of several.
   */
  Optional<Path> barred(Path path) throws IOException {
    if (dropsPrivileges()) {
      for (Path at = path.toAbsolutePath(); at != null; at = at.getParent()) {
        boolean own = Integer.valueOf(UNPRIVILEGED).equals(Files.getAttribute(at, "unix:uid"));
        PosixFilePermission entering =
            own ? PosixFilePermission.OWNER_EXECUTE : PosixFilePermission.OTHERS_EXECUTE;
        if (!Files.getPosixFilePermissions(at).contains(entering)) {
          return Optional.of(at);
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> program(String name) {
    return PROGRAM_DIRECTORIES.stream()
        .map(directory -> Path.of(directory, name))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }

  /** Busybox has a setpriv without these options, so each candidate is tried. */
  private static boolean leavesRoot(List<String> prefix) {
    List<String> words = new ArrayList<>(prefix);
    words.addAll(List.of("id", "-u"));
    try {
      Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
      String answer = new String(process.getInputStream().readAllBytes()).strip();
      return process.waitFor(10, TimeUnit.SECONDS)
          && process.exitValue() == 0
          && !answer.equals("0");
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
