package dev.drydock.history.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {

  private static Settings toml(String text) {
    return TomlSettings.read(text).orElseThrow();
  }

  @Test
  void tomlEntriesHaveTheNameOfTheirSection() {
    Settings settings =
        toml(
            """
            top = 1
            [flyway] # all of it
            "quoted key" = 'a # no comment'
            locations = [
              "filesystem:a", # one
              "filesystem:b",
            ]
            [flyway.placeholders]
            owner = "o\\"k"
            """);

    assertThat(settings.text("top")).contains("1");
    assertThat(settings.text("flyway.quoted key")).contains("a # no comment");
    assertThat(settings.text("flyway.locations")).isPresent();
    assertThat(settings.under("flyway.placeholders.")).containsEntry("owner", "o\"k");
  }

  @Test
  void aKeyMayHaveManyParts() {
    String key = "a" + ".a".repeat(20_000);

    assertThat(toml(key + " = 1\n").text(key)).contains("1");
  }

  @Test
  void inlineTablesAreSections() {
    assertThat(toml("placeholders = { a = \"1\", b = '2' }\n").under("placeholders."))
        .containsEntry("a", "1")
        .containsEntry("b", "2");
  }

  @Test
  void aFlagIsNotText() {
    assertThat(toml("a = true").flag("a")).contains(true);
    assertThat(toml("a = \"true\"").flag("a")).isEmpty();
    assertThat(toml("a = 1").flag("a")).isEmpty();
    assertThat(Settings.properties("a = TRUE").flag("a")).contains(true);
  }

  @Test
  void malformedTomlIsNothing() {
    assertThat(TomlSettings.read("a: true")).isEmpty();
    assertThat(TomlSettings.read("a = \"open")).isEmpty();
    assertThat(TomlSettings.read("a = [1,\n")).isEmpty();
    assertThat(TomlSettings.read("a = what is this")).isEmpty();
  }

  @Test
  void emptyTomlHasNoEntries() {
    assertThat(toml("# nothing\n\n").values()).isEmpty();
  }

  @Test
  void propertiesWithABrokenEscapeDoNotEndTheRun() {
    assertThat(Settings.properties("a=1\nb=\\uXYZ\n").values()).isEqualTo(Map.of("a", "1"));
  }

  @Test
  void yamlEntriesHaveTheNamesTheyStandUnder() {
    Settings settings =
        Settings.yaml(
            """
            # an application
            server.port: 80
            spring:
              # comment: none
              flyway:
                sql-migration-prefix: ""
                out-of-order: true # for hotfixes
                url: 'jdbc:x#y'
                locations:
                  - classpath:a
                  - "classpath:b"
                empty:
              application:
                version: @project.version@
            places: [a, "b"]
            steps:
              - name: one
                with: two
            ---
            spring.flyway.out-of-order: false
            """);

    assertThat(settings.values())
        .containsOnly(
            Map.entry("server.port", "80"),
            Map.entry("spring.flyway.sql-migration-prefix", ""),
            Map.entry("spring.flyway.out-of-order", "true"),
            Map.entry("spring.flyway.url", "jdbc:x#y"),
            Map.entry("spring.flyway.locations", "classpath:a,classpath:b"),
            Map.entry("spring.application.version", "@project.version@"),
            Map.entry("places", "a,b"),
            Map.entry("steps.name.with", "two"));
  }

  @Test
  void theFormOfGitsConfigurationHasSectionsInSections() {
    Settings settings =
        Settings.git(
            """
            top = 1
            # [core]
            [CORE]
            Engine = pg ; why
            [engine "Pg"]  # a comment
            \tname = "a;b" c\\"d
            flag
            """);

    assertThat(settings.values())
        .isEqualTo(Map.of("top", "1", "core.engine", "pg", "engine.Pg.name", "a;b c\"d"));
  }
}
