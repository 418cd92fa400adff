package dev.drydock.engine.postgres.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stays in the cache directory. */
class CacheEntriesTest {
  @TempDir private Path cache;

  @Test
  void whatNobodyUsedForAMonthGoesAndWhatAKilledRunLeft() throws IOException {
    entry("seed-16.1-old", Duration.ofDays(31));
    entry("seed-17.1-used", Duration.ofDays(29));
    entry("postgresql-16.1", Duration.ofDays(400));
    entry("passing-123", Duration.ZERO);
    entry("passing-base-1", Duration.ZERO);
    entry("something-else", Duration.ofDays(400));

    Path making = CacheEntries.begin(cache);

    assertThat(names())
        .containsExactlyInAnyOrder(
            "seed-17.1-used", "something-else", making.getFileName().toString());
  }

  @Test
  void anEntryThatIsUsedStays() throws IOException {
    Path seed = entry("seed-16.1-old", Duration.ofDays(31));

    CacheEntries.use(seed);
    CacheEntries.begin(cache);

    assertThat(names()).contains("seed-16.1-old").hasSize(2);
  }

  private Path entry(String name, Duration age) throws IOException {
    Path entry = Files.createDirectories(cache.resolve(name));
    Files.writeString(entry.resolve("file"), "content");
    Files.setLastModifiedTime(entry, FileTime.from(Instant.now().minus(age)));
    return entry;
  }

  private Stream<String> names() throws IOException {
    try (Stream<Path> entries = Files.list(cache)) {
      return entries.map(path -> path.getFileName().toString()).toList().stream();
    }
  }
}
