package dev.drydock.docs;

/** The reference of {@code .drydock.yml}. */
public final class ConfigurationPage {
  private ConfigurationPage() {}

  /** The text of {@code docs/configuration.md}. */
  public static String markdown() {
    StringBuilder page =
        new StringBuilder(
            """
            # Configuration

            `.drydock.yml` at the root of the repository. All of it is optional. An unknown key, a value that cannot be and
            a rule that does not exist are errors that name file, line and column. Editors complete and check it with
            [`schemas/drydock.schema.json`](schemas/drydock.schema.json).

            | key | what it says |
            |---|---|
            """);
    ConfigurationSchema.keys()
        .forEach(
            (key, text) -> page.append("| `%s` | %s |\n".formatted(key, text.replace("|", "\\|"))));
    page.append(
        """

        ```yaml
        # yaml-language-server: $schema=docs/schemas/drydock.schema.json
        engine: postgresql@16
        fail-on: warning
        directories: [db/migration]
        time-zone: Europe/Berlin
        severity:
          table-drop: error
          column-drop: off
        limits:
          statement: 10s
        ```
        """);
    return page.toString();
  }
}
