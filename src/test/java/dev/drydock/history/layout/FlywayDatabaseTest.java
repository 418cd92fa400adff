package dev.drydock.history.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.history.Dialect;
import org.junit.jupiter.api.Test;

class FlywayDatabaseTest {
  private static final String RESOURCES = "app/src/main/resources/";
  private static final Tree TREE = Tree.empty().having(RESOURCES + "db/migration/V1__a.sql");

  private static Dialect dialect(Tree tree) {
    return tree.histories().getFirst().dialect();
  }

  private static Tree settings(String name, String text) {
    return TREE.with(RESOURCES + name, text);
  }

  @Test
  void theAddressTellsTheDatabase() {
    assertThat(
            dialect(settings("application.yml", "spring.datasource.url: jdbc:mysql://${host}/a")))
        .isEqualTo(Dialect.MYSQL);
    assertThat(dialect(settings("config/application.properties", "url=jdbc:tc:mariadb:10:///a")))
        .isEqualTo(Dialect.MYSQL);
    assertThat(
            dialect(
                settings("application-prod.yaml", "url: r2dbc:sqlserver://a")
                    .having(RESOURCES + "application.yml")))
        .isEqualTo(Dialect.OTHER)
        .isNotEqualTo(dialect(TREE));
    assertThat(
            dialect(
                Tree.empty()
                    .with("flyway.conf", "flyway.url=jdbc:oracle:thin:@a\n")
                    .having("sql/V1__a.sql")))
        .isEqualTo(Dialect.OTHER);
  }

  @Test
  void whereAnythingNamesPostgresqlItTellsNothing() {
    Tree mysql = settings("application.yml", "url: jdbc:mysql://a/b");

    assertThat(dialect(mysql.with(RESOURCES + "application-prod.yml", "url: jdbc:postgresql://a")))
        .isEqualTo(Dialect.POSTGRESQL);
    assertThat(dialect(mysql.with("app/pom.xml", "<artifactId>postgresql</artifactId>")))
        .isEqualTo(Dialect.POSTGRESQL);
    assertThat(dialect(mysql.with("app/pom.xml", "<artifactId>mysql</artifactId>")))
        .isEqualTo(Dialect.MYSQL);
  }

  @Test
  void aDatabaseForTestsAndTwoOfThemTellNothing() {
    assertThat(dialect(settings("application.yml", "url: jdbc:h2:mem:a")))
        .isEqualTo(Dialect.POSTGRESQL);
    assertThat(dialect(settings("application.yml", "a: jdbc:mysql://a\nb: jdbc:sqlserver://b")))
        .isEqualTo(Dialect.POSTGRESQL);
    assertThat(dialect(settings("other.yml", "url: jdbc:mysql://a"))).isEqualTo(Dialect.POSTGRESQL);
    assertThat(
            dialect(
                settings("application.yml", "port: 1")
                    .with("app/application.yml", "jdbc:mysql://a")))
        .isEqualTo(Dialect.POSTGRESQL);
  }

  @Test
  void theNameOfTheDirectorySaysMore() {
    Tree tree =
        settings("application.yml", "url: jdbc:mysql://a")
            .without(RESOURCES + "db/migration/V1__a.sql")
            .having(RESOURCES + "db/migration/postgresql/V1__a.sql");

    assertThat(dialect(tree)).isEqualTo(Dialect.POSTGRESQL);
  }
}
