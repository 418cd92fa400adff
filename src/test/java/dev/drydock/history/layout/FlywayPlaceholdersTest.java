package dev.drydock.history.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.history.Migration;
import org.junit.jupiter.api.Test;

/** Where the values of Flyway's placeholders come from. */
class FlywayPlaceholdersTest {
  private static final String DIR = "src/main/resources/db/migration/";

  private static Migration only(Tree tree) {
    return tree.history().applied().getFirst();
  }

  @Test
  void placeholdersComeFromTheProjectsSettings() {
    Tree tree = Tree.empty().having(DIR + "V1__a.sql");

    assertThat(tree.history().placeholders().orElseThrow().values())
        .containsEntry("flyway:defaultSchema", "public")
        .containsEntry("flyway:table", "flyway_schema_history")
        .containsKeys("flyway:user", "flyway:database", "flyway:timestamp", "flyway:filename");
    assertThat(
            tree.with("flyway.conf", "flyway.placeholders.owner=app\nflyway.defaultSchema=shop\n")
                .history()
                .placeholders()
                .orElseThrow()
                .values())
        .containsEntry("owner", "app")
        .containsEntry("flyway:defaultSchema", "shop");
    assertThat(
            tree.with("flyway.toml", "[flyway.placeholders]\nowner = \"app\" # who\n")
                .history()
                .placeholders()
                .orElseThrow()
                .values())
        .containsEntry("owner", "app");
  }

  @Test
  void whoCallsFlywayGivesPlaceholdersThatNothingElseDoes() {
    Tree tree =
        Tree.empty()
            .having(DIR + "V1__a.sql")
            .with(
                "docker-compose.yml",
                """
                environment:
                  FLYWAY_PLACEHOLDERS_APP_USER: "app"
                  - FLYWAY_PLACEHOLDERS_read-role=reader
                  - FLYWAY_PLACEHOLDERS_SECRET=${SECRET}
                  - FLYWAY_PLACEHOLDERS_TWICE=a
                """)
            .with(
                ".github/workflows/test.yml",
                """
                env:
                  FLYWAY_PLACEHOLDERS_APP_USER: other
                  FLYWAY_PLACEHOLDERS_TWICE: a
                  FLYWAY_PLACEHOLDERS_SECRET: ${{ secrets.SECRET }}
                  FLYWAY_PLACEHOLDERS_PGPASS: postgres
                  FLYWAY_PLACEHOLDERS_LABELLER: a
                """)
            .with(".github/workflows/nightly.yml", "FLYWAY_PLACEHOLDERS_LABELLER: b\n")
            .with("migrate.sh", "flyway -placeholders.twice=b -placeholders.own=x migrate\n")
            .with("flyway.conf", "flyway.placeholders.own=y\n");

    assertThat(tree.history().placeholders().orElseThrow().values())
        .containsEntry("app_user", "app")
        .containsEntry("read-role", "reader")
        .containsEntry("own", "y")
        .containsEntry("pgpass", "postgres")
        .doesNotContainKeys("secret", "twice", "labeller");
  }

  @Test
  void withoutPlaceholderReplacementThereAreNoPlaceholders() {
    Tree tree = Tree.empty().having(DIR + "V1__a.sql");

    assertThat(
            tree.with("flyway.conf", "flyway.placeholderReplacement=false")
                .history()
                .placeholders())
        .isEmpty();
    assertThat(only(tree).placeholders()).isTrue();
    assertThat(
            only(tree.with(DIR + "V1__a.sql.conf", "placeholderReplacement=false")).placeholders())
        .isFalse();
  }
}
