package dev.drydock.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArtifactUriTest {
  @ParameterizedTest
  @CsvSource({
    "db/migration/V1__initial.sql, db/migration/V1__initial.sql",
    "db/100% sure?.sql, db/100%25%20sure%3F.sql",
    "a#b[c].sql, a%23b%5Bc%5D.sql",
    "Größe/表/🎉.sql, Gr%C3%B6%C3%9Fe/%E8%A1%A8/%F0%9F%8E%89.sql",
    "c:d.sql, c%3Ad.sql",
    "../outside.sql, ../outside.sql",
    "/tmp/a b.sql, file:///tmp/a%20b.sql"
  })
  void whatUrisReserveIsEncoded(String path, String uri) {
    assertThat(ArtifactUri.of(Path.of(path))).isEqualTo(uri);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "%41", "q?x=1#y", "x:y", "<>\"{}|^`\\", "\u001b\u202e", "表"})
  void decodingGivesThePathBack(String name) {
    assertThat(URI.create(ArtifactUri.of(Path.of(name))).getPath()).isEqualTo(name);
  }

  @Test
  void aRelativePathStaysRelative() {
    assertThat(URI.create(ArtifactUri.of(Path.of("http:", "evil.example"))).isAbsolute()).isFalse();
  }
}
