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

        ## In a pull request

        The file that counts is the pull request's own. Where its commits alter `before`, `stand-ins`, `placeholders`,
        `layout` or `directories`, or a file that these name, what runs before its migrations has no superuser's rights,
        and the report says so. Extensions and roles can be made all the same; for what needs more, let the change of the
        configuration be merged by itself.

        By whatever else it alters (`severity`, `fail-on`, `limits`, rules of your own) the pull request is judged. The
        GitHub Action says so at the head of the summary, with the keys and the files, and leaves it to the reviewers;
        how long a job may take in all is `timeout-minutes` of the workflow, whatever `limits` says.

        ## Table sizes

        A scan of a table with three hundred rows is over before anybody notices, one of three hundred million is an
        outage. Where Drydock knows how large production's tables are, it weighs the findings whose harm grows with the
        table (scans, rewrites, index builds, updates of all rows): on a small one they are `info`, on a large one
        `error`, in between what the rule says. What loses data or breaks the running release is never weighed. Each rule
        says under `weigh` what it is weighed by, and so can rules of your own.

        ```sh
        drydock stats | psql -v ON_ERROR_STOP=1 -qAtX "$DATABASE_URL" > .drydock-sizes.json
        ```

        `drydock stats` prints the query, which reads the catalog of PostgreSQL 13 or newer and no row. Commit the answer,
        or let the workflow put it there before it runs Drydock. Its numbers are estimates, and the report says of which
        day they are. A table that is not in it is reported as without it; one that the change renames keeps the size it
        has in production. Rows are `null` for a table that was never analysed, which is then weighed by its bytes.

        A change has no say in how large its tables are. In a git checkout the file counts as it was before the change,
        and a change to it is noted in the report; a file that git does not keep counts as it is, and so does any with
        `--newest` or with migrations named one by one. A severity that you give a rule yourself holds, whatever the table
        has. Under the presets `strict` and `all`, what is small becomes a `warning`.

        ```yaml
        table-sizes:
          file: db/table-sizes.json
          small: {rows: 10000, bytes: 10MB}
          large: {rows: 1000000, bytes: 1GB}
        ```
        """);
    return page.toString();
  }
}
