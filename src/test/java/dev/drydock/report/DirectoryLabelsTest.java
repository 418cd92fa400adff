package dev.drydock.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectoryLabelsTest {
  @ParameterizedTest
  @CsvSource({
    "db/migrations, -",
    "billing/migrations|shop/migrations, billing/.../|shop/.../",
    "services/billing/db|services/shop/sql, billing/db/|shop/sql/",
    "a/src/db|b/src/db|c/db, a/src/.../|b/src/.../|c/.../",
    "migrations|other, migrations/|other/",
    "db|db/extra, -|extra/",
    "-|db, -|db/",
    "db|db, -|-",
  })
  void whatAllShareIsLeftOut(String directories, String labels) {
    List<String> all = list(directories);
    DirectoryLabels told = new DirectoryLabels(all);
    assertThat(all.stream().map(told::before)).containsExactlyElementsOf(list(labels));
  }

  /** A dash is nothing. */
  private static List<String> list(String text) {
    return Arrays.stream(text.split("\\|")).map(one -> one.equals("-") ? "" : one).toList();
  }
}
