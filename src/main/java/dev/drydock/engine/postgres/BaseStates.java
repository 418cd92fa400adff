package dev.drydock.engine.postgres;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.drydock.engine.postgres.server.BundledServer;
import dev.drydock.engine.postgres.server.CacheEntries;
import dev.drydock.engine.postgres.server.CacheLock;
import dev.drydock.engine.postgres.server.Directories;
import dev.drydock.replay.ReplayException;
import dev.drydock.replay.ReplayPlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Clusters as they were after applied migrations, kept in the cache directory from run to run, so
 * that a later run begins where an earlier one stood.
 *
 * <p>A state is found by a digest of all that went into it: Drydock's build, the server, the plan
 * and each migration in order. So a history that grew begins at what it has in common with the
 * earlier one, and one that was edited does not.
 */
final class BaseStates {
  /** How many are kept; those used last stay. */
  private static final int KEPT = 4;

  /** A larger cluster would take longer to copy than is gained, and too much of the disk. */
  private static final long LARGEST = 256L << 20;

  private static final String PREFIX = "base-";
  private static final String NOTES = "notes.json";

  private final Path cache;
  private final String build;
  private final Duration worth;
  private final ObjectMapper json = new ObjectMapper();

  /**
   * @param cache directory that belongs to Drydock, kept from run to run
   * @param build what tells this build of Drydock from any other
   * @param worth how long a replay must have taken for its state to be kept
   */
  BaseStates(Path cache, String build, Duration worth) {
    this.cache = Objects.requireNonNull(cache);
    this.build = Objects.requireNonNull(build);
    this.worth = Objects.requireNonNull(worth);
  }

  /**
   * A state that is there.
   *
   * @param directory of the state
   * @param applied how many migrations went into it
   * @param repairs what was put right on the way
   */
  record Kept(Path directory, int applied, Repairs.Done repairs) {
    /** The cluster, to be copied. */
    Path cluster() {
      return directory.resolve("data");
    }
  }

  /**
   * The names of the states a replay passes through.
   *
   * @param names of the state before the first migration, after it, after the second …
   */
  record Way(List<String> names) {
    Way {
      names = List.copyOf(names);
    }

    /** The name of the state after all of them. */
    String end() {
      return names.getLast();
    }
  }

  /**
   * The states that a replay passes through.
   *
   * @param base of each applied migration a text of all that decides what it does
   */
  Way way(BundledServer server, ReplayPlan plan, List<String> base) {
    List<String> names = new ArrayList<>();
    String name =
        digest(
            build,
            server.origin(),
            plan.prelude(),
            plan.session(),
            plan.timeZone().getId(),
            Boolean.toString(plan.trusted()));
    names.add(name);
    for (String migration : base) {
      name = digest(name, migration);
      names.add(name);
    }
    return new Way(names);
  }

  /** The state that lies furthest on {@code way}. */
  Optional<Kept> furthest(Way way) {
    for (int applied = way.names().size() - 1; applied > 0; applied--) {
      Path directory = cache.resolve(PREFIX + way.names().get(applied));
      if (Files.isDirectory(directory)) {
        try {
          Repairs.Done repairs =
              json.readValue(directory.resolve(NOTES).toFile(), Repairs.Done.class);
          CacheEntries.use(directory);
          return Optional.of(new Kept(directory, applied, repairs));
        } catch (IOException e) {
          // Another run removes it at this moment, or somebody else's file is in its place.
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  /**
   * Keeps the state that {@code server} is in, when that is worth it; the server is stopped for it
   * and started again.
   *
   * @param name of the state
   * @param took how long the replay took that led there
   * @throws ReplayException when the server does not come up again
   */
  void keep(BundledServer server, String name, Duration took, Repairs.Done repairs)
      throws ReplayException {
    Path directory = cache.resolve(PREFIX + name);
    if (took.compareTo(worth) < 0 || Files.exists(directory) || !mayBeCopied(server)) {
      return;
    }
    try (CacheLock unused = CacheLock.acquire(cache)) {
      Path making = CacheEntries.begin(cache);
      try {
        server.give(making);
        server.copyTo(making.resolve("data"));
        json.writeValue(making.resolve(NOTES).toFile(), repairs);
        server.seal(making);
        if (!Files.exists(directory)) {
          Files.move(making, directory);
          CacheEntries.use(directory);
        }
      } finally {
        Directories.delete(making);
      }
      removeOldest();
    } catch (IOException e) {
      // The state is lost and the run goes on: it lacks nothing.
      return;
    }
  }

  /** Whether a copy that was made of a state is whole: nobody had begun to remove it. */
  boolean isStillThere(Kept kept) {
    return Files.isDirectory(kept.directory());
  }

  /** Removes a state that cannot be used. */
  void forget(Kept kept) {
    try (CacheLock unused = CacheLock.acquire(cache)) {
      CacheEntries.remove(kept.directory());
    } catch (IOException e) {
      // It is tried again next time, in vain, and the run goes on without it.
      return;
    }
  }

  private void removeOldest() throws IOException {
    List<Path> states = CacheEntries.named(cache, PREFIX);
    states.sort(Comparator.comparing(BaseStates::lastUse).reversed());
    for (Path state : states.subList(Math.min(KEPT, states.size()), states.size())) {
      CacheEntries.remove(state);
    }
  }

  private static long lastUse(Path state) {
    return state.toFile().lastModified();
  }

  /**
   * Whether all that a cluster is lies in its directory, and a start reads nothing that the running
   * server does not know yet: not with a tablespace elsewhere, nor after ALTER SYSTEM.
   */
  private static boolean mayBeCopied(BundledServer server) {
    Path data = server.data();
    try (Stream<Path> tablespaces = Files.list(data.resolve("pg_tblspc"));
        Stream<String> settings = Files.lines(data.resolve("postgresql.auto.conf"))) {
      return tablespaces.findAny().isEmpty()
          && settings.allMatch(line -> line.isBlank() || line.startsWith("#"))
          && Directories.size(data) <= LARGEST;
    } catch (IOException e) {
      return false;
    }
  }

  private static String digest(String... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (String part : parts) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        // With its length, so that no two lists of parts are the same bytes.
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
      }
      return HexFormat.of().formatHex(digest.digest(), 0, 16);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
