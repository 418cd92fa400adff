package dev.drydock.history.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.history.History;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class FlywaySettingsTest {
  @Test
  void aSpringBootApplicationSetsFlywayUp() {
    String folder = "api/src/main/resources/";
    History history =
        Tree.empty()
            .with(
                folder + "application.yml",
                """
                spring:
                  flyway:
                    out-of-order: true
                    placeholders:
                      owner: ${DB_OWNER:app}
                      secret: ${SECRET}
                """)
            .having(folder + "db/migration/V2__b.sql")
            .to(
                Tree.empty()
                    .with(folder + "application.properties", "spring.flyway.outOfOrder=true")
                    .having(folder + "db/migration/V1__a.sql", folder + "db/migration/V2__b.sql"));
    assertThat(history.problems()).isEmpty();

    assertThat(
            Tree.empty()
                .with(
                    folder + "application.yml",
                    "spring.flyway.placeholders:\n  owner: ${DB_OWNER:app}\n  secret: ${SECRET}\n")
                .having(folder + "db/migration/V1__a.sql")
                .history()
                .placeholders()
                .orElseThrow()
                .values())
        .containsEntry("owner", "app")
        .doesNotContainKey("secret");
  }

  @Test
  void whatLiesInConfigGoesBeforeWhatLiesBesideIt() {
    String folder = "src/main/resources/";
    History history =
        Tree.empty()
            .with(
                folder + "application.yml",
                "spring.flyway.placeholders:\n  owner: root\n  schema: shop\n")
            .with(
                folder + "config/application.yml",
                """
                spring:
                  flyway:
                    locations: classpath:sql
                    placeholders:
                      owner: config
                """)
            .having(folder + "sql/V1__a.sql")
            .history();

    assertThat(history.placeholders().orElseThrow().values())
        .containsEntry("owner", "config")
        .containsEntry("schema", "shop");
    assertThat(history.directory().toString()).isEqualTo("src/main/resources/sql");
  }

  @Test
  void settingsInConfigAloneAreRead() {
    String folder = "src/main/resources/";
    Tree tree =
        Tree.empty()
            .with(
                folder + "config/application.properties", "spring.flyway.sql-migration-prefix=M\n")
            .having(folder + "db/migration/M1__a.sql", folder + "db/migration/M2__b.sql");

    assertThat(tree.history().layout()).isEqualTo("flyway");
    assertThat(Tree.versions(tree.history().applied())).containsExactly("1", "2");
  }

  @Test
  void aGroupIsOneTransactionWhereAllOfItMayBeInOne() {
    Tree tree = Tree.empty().with("sql/V1__a.sql", "create table a (id int);");
    Tree grouped = tree.with("flyway.conf", "flyway.group=true");

    assertThat(tree.history().together()).isFalse();
    assertThat(grouped.to(grouped.with("sql/V2__b.sql", "select 1;")).together()).isTrue();
    assertThat(grouped.to(grouped.with("sql/V2__b.sql", "vacuum a;")).together()).isFalse();
  }

  @Test
  void theGroupOfABuildIsNoneOfFlyways() {
    Tree tree =
        Tree.empty()
            .with("flyway.conf", "")
            .with("build.gradle", "group = 'com.example'\nflyway { outOfOrder = true }\n")
            .having("sql/V1__a.sql", "sql/V3__c.sql");

    assertThat(tree.to(tree.having("sql/V2__b.sql")).problems()).isEmpty();
  }

  @Test
  void whatTheApplicationTellsFlywayToScanIsAHistory() {
    String folder = "src/main/resources/";
    Tree tree =
        Tree.empty()
            .with(
                folder + "application.properties",
                "spring.flyway.locations=classpath:db/migration/all, classpath:db/migration/more")
            .having(
                folder + "db/migration/all/V1__a.sql",
                folder + "db/migration/more/V2__b.sql",
                folder + "db/migration/dev/R__rows.sql",
                folder + "db/migration/apart/V1__c.sql");

    assertThat(tree.histories())
        .extracting(history -> Tree.versions(history.applied()))
        .containsExactly(List.of("1", "2"), List.of("1"));
  }

  @Test
  void aLocationWithAllBelowItIsOneHistory() {
    String folder = "api/src/main/resources/";
    History history =
        Tree.empty()
            .with(
                folder + "application.yml", "spring.flyway.locations: ['${PLACES:db/**/*.sql}']\n")
            .having(folder + "db/migration/V1_1__a.sql", folder + "db/migrationv2/V2_1__b.sql")
            .having(folder + "db/migration/V1_2__c.sql", folder + "db/migrationv2/V2_2__d.sql")
            .history();

    assertThat(Tree.versions(history.applied())).containsExactly("1.1", "1.2", "2.1", "2.2");
  }

  @Test
  void locationsApartFromEachOtherAreOneHistory() {
    String folder = "src/main/resources/";
    Tree tree =
        Tree.empty()
            .with(
                folder + "application.yml",
                "spring.flyway.locations: classpath:db/migration, classpath:db/init\n")
            .having(folder + "db/migration/V2__b.sql", folder + "db/init/V1__a.sql");

    assertThat(tree.history().directory().toString()).isEqualTo(folder + "db/migration");
    assertThat(Tree.versions(tree.history().applied())).containsExactly("1", "2");
  }

  @Test
  void whatIsLeftOutDoesNotComeBackWithTheDirectoryAboveIt() {
    String folder = "src/main/resources/";
    Tree tree =
        Tree.empty()
            .with(
                folder + "application.yml",
                "spring.flyway.locations: classpath:/migrations/common,classpath:/migrations/prod\n")
            .with(
                folder + "application-dev.yml",
                "spring.flyway.locations: classpath:/migrations/common,classpath:/migrations/dev\n")
            .having(
                folder + "migrations/common/V1__a.sql",
                folder + "migrations/prod/V2__b.sql",
                folder + "migrations/dev/V3__c.sql");

    assertThat(Tree.versions(tree.history().applied())).containsExactly("1", "2");
  }

  @Test
  void aValueMayReferToAnotherOneOfTheApplication() {
    History history =
        Tree.empty()
            .with(
                "src/main/resources/application.yml",
                """
                shop:
                  schema: ${SCHEMA:${OTHER:store}}
                  loop: ${shop.loop}
                spring:
                  flyway:
                    default-schema: ${shop.schema}
                    placeholders:
                      owner: ${shop.schema}_owner
                      loop: ${shop.loop}
                """)
            .having("src/main/resources/db/migration/V1__a.sql")
            .history();

    assertThat(history.placeholders().orElseThrow().values())
        .containsEntry("flyway:defaultSchema", "store")
        .containsEntry("owner", "store_owner")
        .doesNotContainKey("loop");
  }

  @Test
  void theSchemasMayBeInTheCallOfFlyway() {
    for (String[] file :
        List.of(
            new String[] {"Dockerfile", "ENTRYPOINT [\"flyway\", \"-schemas=shop,audit\" ]\n"},
            new String[] {"migrate.sh", "mvn flyway:migrate \"-Dflyway.schemas=shop\" \\\n"},
            new String[] {
              "docker-compose.yml", "image: flyway/flyway\nenvironment:\n  FLYWAY_SCHEMAS: shop\n"
            },
            new String[] {
              "pom.xml",
              "<artifactId>flyway-maven-plugin</artifactId><schemas>\n <schema>shop</schema>\n</schemas>"
            },
            new String[] {"build.gradle", "flyway {\n  schemas = ['shop']\n}\n"})) {
      Tree tree = Tree.empty().with(file[0], file[1]).having("migrations/V1__a.sql");
      assertThat(tree.history().prelude())
          .as(file[0])
          .contains("CREATE SCHEMA IF NOT EXISTS \"shop\"");
    }
  }

  @Test
  void aListOfSchemasMayBeLong() {
    String names = String.join(",", Collections.nCopies(20_000, "shop"));
    for (String[] file :
        List.of(
            new String[] {"Dockerfile", "ENTRYPOINT [\"flyway\", \"-schemas=" + names + "\" ]\n"},
            new String[] {
              "pom.xml",
              "flyway <schemas>" + "<schema>shop</schema>\n".repeat(20_000) + "</schemas>"
            },
            new String[] {
              "build.gradle", "flyway { schemas = [" + "'shop', ".repeat(20_000) + "'shop'] }\n"
            })) {
      Tree tree = Tree.empty().with(file[0], file[1]).having("migrations/V1__a.sql");
      assertThat(tree.history().prelude())
          .as(file[0])
          .contains("CREATE SCHEMA IF NOT EXISTS \"shop\"");
    }
  }

  @Test
  void whatBuildsOnTheLocationsThatAreNamedAndIsNoneOfThemIsLeftOut() {
    String resources = "src/main/resources/";
    Found found =
        Tree.empty()
            .with(
                resources + "application.yml",
                "spring.flyway.locations: classpath:db/migration,classpath:db/postgres\n")
            .having(
                resources + "db/migration/V1_1__a.sql",
                resources + "db/postgres/V1_2__b.sql",
                resources + "db/migrationOther/V2_1__c.sql",
                resources + "db/reports/V1_1__d.sql")
            .found();

    assertThat(found.histories())
        .extracting(history -> history.directory().toString())
        .containsExactly(resources + "db/migration", resources + "db/reports");
    assertThat(found.passedOver())
        .extracting(Found.PassedOver::described)
        .containsExactly(
            resources
                + "db/migrationOther is not among the locations that the application names (--dir "
                + resources
                + "db/migrationOther lints it)");
  }

  @Test
  void aCallThatLeavesTheSchemaOpenOrNamesSeveralSaysNothing() {
    for (String call :
        List.of(
            "flyway -schemas=$SCHEMA migrate\n",
            "flyway -schemas=${SCHEMA} migrate\n",
            "flyway -schemas=shop migrate\nflyway -schemas=billing migrate\n",
            "liquibase -schemas=shop\n")) {
      Tree tree = Tree.empty().with("migrate.sh", call).having("migrations/V1__a.sql");
      assertThat(tree.history().prelude()).as(call).doesNotContain("CREATE SCHEMA");
    }
  }

  private static List<String> directories(Tree tree) {
    return tree.histories().stream().map(history -> history.directory().toString()).toList();
  }

  @Test
  void theApplicationOfAnotherModuleNamesTheLocationsOfThisOne() {
    String domain = "domain/src/main/resources/db/v1/";
    String server = "server/src/main/resources/";
    Tree tree =
        Tree.empty()
            .having(domain + "base/V1__a.sql", domain + "upgrade/x/V2__b.sql")
            .with(server + "application.properties", "spring.application.name=a\n")
            .with(
                server + "application-prod.properties",
                "spring.flyway.locations=classpath:db/v1/base,classpath:db/v1/upgrade\n");

    assertThat(directories(tree)).containsExactly(domain + "base");
    assertThat(tree.history().applied()).hasSize(2);
    // It may be its own that it names.
    assertThat(directories(tree.having(server + "db/v1/base/V1__c.sql"))).hasSize(3);
  }
}
