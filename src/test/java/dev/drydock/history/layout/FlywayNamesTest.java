package dev.drydock.history.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.history.History;
import dev.drydock.history.Version;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlywayNamesTest {
  private static final String DIR = "src/main/resources/db/migration/";

  @Test
  void versionsAreComparedPartByPartAsNumbers() {
    History history =
        Tree.empty()
            .having(
                DIR + "V1_10__j.sql",
                DIR + "V1.9__i.sql",
                DIR + "V2__k.sql",
                DIR + "V1__a.sql",
                DIR + "R__views.sql",
                DIR + "R__functions.sql")
            .history();

    assertThat(history.layout()).isEqualTo("flyway");
    assertThat(history.directory()).isEqualTo(Path.of("src/main/resources/db/migration"));
    assertThat(Tree.versions(history.applied()))
        .containsExactly("1", "1.9", "1.10", "2", "functions", "views");
    assertThat(history.applied().getLast().version()).isInstanceOf(Version.Repeatable.class);
  }

  @Test
  void theDescriptionIsWhatFollowsTheTwoUnderscores() {
    assertThat(
            Tree.empty()
                .having(DIR + "V1__add_orders__again.sql")
                .history()
                .applied()
                .getFirst()
                .description())
        .isEqualTo("add orders  again");
  }

  @Test
  void aVersionNeedsNoDescription() {
    History history = Tree.empty().having(DIR + "V1__a.sql", DIR + "V2.sql").history();

    assertThat(Tree.versions(history.applied())).containsExactly("1", "2");
    assertThat(history.applied().getLast().description()).isEmpty();
  }

  @Test
  void theEndingMayBeInCapitals() {
    History history = Tree.empty().having(DIR + "V1__a.SQL", DIR + "V2__b.sql").history();

    assertThat(Tree.versions(history.applied())).containsExactly("1", "2");
    assertThat(Tree.versions(Tree.empty().having(DIR + "V1__a.SQL").history().applied()))
        .containsExactly("1");
  }

  @Test
  void namesMayBeginWithAnotherPrefixOrNone() {
    String folder = "src/main/resources/";
    Tree tree =
        Tree.empty()
            .with(folder + "application.yml", "spring.flyway:\n  sql-migration-prefix: ''\n")
            .having(
                folder + "db/migration/all/20240101__a.sql",
                folder + "db/migration/all/20240102__b.sql",
                folder + "db/migration/dev/R__rows.sql");

    assertThat(tree.history().layout()).isEqualTo("flyway");
    assertThat(Tree.versions(tree.history().applied())).startsWith("20240101", "20240102");
    assertThat(
            Tree.versions(
                Tree.empty()
                    .with("flyway.conf", "flyway.sqlMigrationPrefix=M")
                    .having("sql/M1__a.sql", "sql/M2__b.sql")
                    .history()
                    .applied()))
        .containsExactly("1", "2");
  }

  @Test
  void namesMayEndInAnotherWayOrInOneOfSeveral() {
    for (String[] file :
        List.of(
            new String[] {"flyway.conf", "flyway.sqlMigrationSuffixes=.sql,.pgsql"},
            new String[] {"flyway.toml", "[flyway]\nsqlMigrationSuffixes = [\".sql\", \".pgsql\"]"},
            new String[] {"Makefile", "flyway -sqlMigrationSuffixes=.sql,.pgsql migrate\n"},
            new String[] {
              "pom.xml",
              "flyway <sqlMigrationSuffixes>\n<sqlMigrationSuffix>.sql</sqlMigrationSuffix>\n<sqlMigrationSuffix>.pgsql</sqlMigrationSuffix>\n</sqlMigrationSuffixes>"
            },
            new String[] {
              "build.gradle.kts", "flyway { sqlMigrationSuffixes = arrayOf(\".sql\", \".pgsql\") }"
            })) {
      Tree tree = Tree.empty().with(file[0], file[1]).having("sql/V1__a.sql", "sql/V2__b.pgsql");

      assertThat(Tree.versions(tree.history().applied())).as(file[0]).containsExactly("1", "2");
    }
    assertThat(
            Tree.versions(
                Tree.empty()
                    .with("flyway.conf", "flyway.sqlMigrationSuffixes=.pgsql")
                    .having("sql/V1__a.pgsql", "sql/V2__b.pgsql")
                    .history()
                    .applied()))
        .containsExactly("1", "2");
  }

  @Test
  void theFirstSeparatorEndsTheNumber() {
    for (String separator : List.of("--", "-", "_")) {
      History history =
          Tree.empty()
              .with(
                  "docker-compose.yml",
                  "image: flyway\nenvironment:\n  FLYWAY_SQL_MIGRATION_SEPARATOR: \"%s\"\n  FLYWAY_SQL_MIGRATION_PREFIX: M\n"
                      .formatted(separator))
              .having("sql/M1" + separator + "2_a.sql", "sql/M2" + separator + "b.sql")
              .history();

      assertThat(history.layout()).as(separator).isEqualTo("flyway");
      assertThat(Tree.versions(history.applied())).as(separator).containsExactly("1", "2");
      assertThat(history.applied().getFirst().description()).as(separator).isEqualTo("2 a");
    }
  }

  @Test
  void springBootNamedItWithoutItsOwnNameBeforeVersionTwo() {
    String folder = "src/main/resources/";
    History history =
        Tree.empty()
            .with(
                folder + "application.properties",
                "flyway.schemas=shop\nflyway.sql-migration-prefix=\n")
            .having(
                folder + "db/migration/20160906__a.sql", folder + "db/migration/20160907__b.sql")
            .history();

    assertThat(history.layout()).isEqualTo("flyway");
    assertThat(Tree.versions(history.applied())).containsExactly("20160906", "20160907");
    assertThat(history.prelude()).contains("CREATE SCHEMA IF NOT EXISTS \"shop\"");
  }
}
