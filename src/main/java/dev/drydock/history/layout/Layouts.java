package dev.drydock.history.layout;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The layouts there are. */
public final class Layouts {
  /** The order is the one in which they are asked: plain files are what no tool claims. */
  private static final List<Layout> ALL =
      List.of(
          new Supabase(),
          new Drizzle(),
          new Prisma(),
          new Hasura(),
          new Diesel(),
          new Refinery(),
          new MyBatis(),
          new Liquibase(),
          new Flyway(),
          new Goose(),
          new SqlMigrate(),
          new Dbmate(),
          new Play(),
          new Tern(),
          new Yoyo(),
          new Atlas(),
          new Bun(),
          new GoPg(),
          new Sqlx(),
          new Pop(),
          new Postgrator(),
          new Sqitch(),
          new DbMigrate(),
          new GraphileMigrate(),
          new NodePgMigrate(),
          new PostgresShift(),
          new MaragudkMigrate(),
          new GolangMigrate(),
          new PlainFiles(PlainFiles.Names.ORDERED));

  private Layouts() {}

  /** All layouts, in the order in which a directory is tried against them. */
  public static List<Layout> all() {
    return ALL;
  }

  /** Their ids, in the same order. */
  public static List<String> ids() {
    return ALL.stream().map(Layout::id).toList();
  }

  /** The layout that {@code id} names, e.g. {@code golang-migrate}. */
  public static Optional<Layout> byId(String id) {
    return ALL.stream().filter(layout -> layout.id().equals(id)).findFirst();
  }

  /** Whether it may be psql that runs the files of the layout that {@code id} names. */
  public static boolean mayRunPsql(String id) {
    return byId(id)
        .filter(layout -> layout instanceof PlainFiles || layout instanceof Sqitch)
        .isPresent();
  }

  /** Whether the names above migrations say for which database those are. */
  public static boolean nameDatabase(Path directory) {
    return DialectGuess.ofNames(directory).isPresent();
  }
}
