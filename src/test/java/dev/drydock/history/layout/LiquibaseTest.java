package dev.drydock.history.layout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.history.CodeMigration;
import dev.drydock.history.History;
import dev.drydock.history.Integrity;
import dev.drydock.history.Migration;
import dev.drydock.history.Transaction;
import dev.drydock.history.Version;
import dev.drydock.history.discovery.HistoryFinder;
import dev.drydock.history.discovery.Search;
import dev.drydock.source.SourceFile;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiquibaseTest {
  private static final String RESOURCES = "src/main/resources/";
  private static final String DIR = RESOURCES + "db/changelog/";
  private static final String HEADER = "--liquibase formatted sql\n";

  private static String changesets(String... names) {
    StringBuilder text = new StringBuilder(HEADER);
    for (String name : names) {
      text.append("\n--changeset ").append(name).append("\nselect '").append(name).append("';\n");
    }
    return text.toString();
  }

  private static Tree one(String text) {
    return Tree.empty().with(DIR + "a.sql", text);
  }

  private static List<String> details(History history) {
    return history.problems().stream().map(Integrity::detail).toList();
  }

  @Test
  void eachChangesetIsAMigration() {
    History history = one(changesets("ann:1", "bob:2")).history();

    assertThat(history.layout()).isEqualTo("liquibase");
    assertThat(history.directory()).isEqualTo(Path.of("src/main/resources/db/changelog"));
    assertThat(Tree.versions(history.applied())).containsExactly("ann:1", "bob:2");
    assertThat(history.applied().getLast().up().text()).isEqualTo("select 'bob:2';\n");
    assertThat(history.prelude()).contains("databasechangelog ", "databasechangeloglock ");
  }

  @Test
  void aChangesetThatIsAppendedIsPendingAndTheFileIsNotEdited() {
    History history = one(changesets("a:1")).to(one(changesets("a:1", "a:2", "a:3")));

    assertThat(Tree.versions(history.applied())).containsExactly("a:1");
    assertThat(Tree.versions(history.pending())).containsExactly("a:2", "a:3");
    assertThat(history.problems()).isEmpty();
  }

  @Test
  void aChangesetThatIsEditedIsToldAtItsLine() {
    Tree base = one(changesets("a:1", "a:2"));
    History history = base.to(one(changesets("a:1", "a:2").replace("'a:2'", "'other'")));

    assertThat(history.pending()).isEmpty();
    assertThat(Tree.problems(history)).containsExactly("edited " + DIR + "a.sql:7:1 [a:2]");
    assertThat(details(history))
        .containsExactly(
            "Liquibase compares a checksum of the changeset and refuses to update databases that ran it, unless a validCheckSum allows the new one.");
  }

  @Test
  void blanksAndAChecksumThatAllowsItMakeNoEdit() {
    Tree base = one(changesets("a:1"));

    assertThat(base.to(one(changesets("a:1").replace("select ", "select\n    "))).problems())
        .isEmpty();
    assertThat(
            base.to(one(changesets("a:1").replace("select", "--validCheckSum: ANY\nvalues")))
                .problems())
        .isEmpty();
  }

  @Test
  void whatRunsOnChangeIsPendingWhenItChangedAndKeepsItsPlace() {
    Tree base = one(changesets("a:1", "a:view runOnChange:true", "a:2"));
    History history =
        base.to(one(changesets("a:1", "a:view runOnChange:true", "a:2").replace("'a:v", "'b:v")));

    assertThat(Tree.versions(history.applied())).containsExactly("a:1", "a:view", "a:2");
    assertThat(Tree.versions(history.pending())).containsExactly("a:view");
    assertThat(history.pending().getFirst().version()).isInstanceOf(Version.Repeatable.class);
    assertThat(history.problems()).isEmpty();
  }

  @Test
  void theNewestAreCountedWithoutThoseThatRunOnChange() {
    Tree tree = one(changesets("a:1", "a:2", "a:view runOnChange:true", "a:3"));
    History history =
        new HistoryFinder(Search.everywhere()).newest(tree.tree(), 2).histories().getFirst();

    assertThat(Tree.versions(history.pending())).containsExactly("a:2", "a:view", "a:3");
  }

  @Test
  void oneThatIsDeletedAndOneThatIsTwiceAreTold() {
    History history = one(changesets("a:1", "a:2")).to(one(changesets("a:1", "a:3", "a:3")));

    assertThat(Tree.problems(history))
        .containsExactly(
            "deleted " + DIR + "a.sql:1:1 [a:2]",
            "duplicate-version " + DIR + "a.sql:1:1 [a:3]",
            "duplicate-version " + DIR + "a.sql:1:1 [a:3]");
    assertThat(details(history))
        .contains(
            "Liquibase does not notice, and new databases are built without it.",
            "The file has it twice: Liquibase refuses to run a changelog with two changesets of one author and id in a file.");
  }

  @Test
  void aFileThatIsRenamedRunsAgainUnlessItKeepsItsLogicalPath() {
    String text = changesets("a:1", "a:2") + "-- so that it is known again\n".repeat(5);
    History renamed =
        one(text).to(Tree.empty().with(DIR + "b.sql", text.replace("'a:2'", "'a:2'")));

    assertThat(Tree.versions(renamed.pending())).containsExactly("a:1", "a:2");
    assertThat(Tree.problems(renamed)).containsExactly("renamed " + DIR + "b.sql:1:1 [a:1]");

    String logical = text.replace("formatted sql", "formatted sql logicalFilePath:a.sql");
    History kept = one(logical).to(Tree.empty().with(DIR + "b.sql", logical));

    assertThat(kept.pending()).isEmpty();
    assertThat(kept.problems()).isEmpty();
  }

  @Test
  void aChangesetForAnotherDatabaseIsNotRun() {
    History history =
        one(changesets("a:1 dbms:oracle", "a:2 dbms:postgresql,h2", "a:3 context:test")).history();

    assertThat(Tree.versions(history.applied())).containsExactly("a:2", "a:3");
  }

  @Test
  void aChangesetIsATransactionUnlessItSaysNot() {
    List<Migration> applied =
        one(changesets(
                "a:1",
                "a:2 runInTransaction:false",
                "a:3 runInTransaction:false splitStatements:false"))
            .history()
            .applied();

    assertThat(applied)
        .extracting(Migration::transaction)
        .containsExactly(Transaction.PER_MIGRATION, Transaction.NONE, Transaction.IMPLICIT);
  }

  @Test
  void aChangesetIsMarkedToRunOutsideATransaction() {
    String text = changesets("a:1", "a:2 runInTransaction:true labels:x", "a:3");
    History history = one(changesets("a:1")).to(one(text));
    Migration migration = history.pending().getFirst();
    Layout layout = Layouts.byId("liquibase").orElseThrow();

    Migration marked = layout.outsideTransaction(migration, migration.file()).orElseThrow();

    assertThat(marked.transaction()).isEqualTo(Transaction.NONE);
    assertThat(marked.up().text()).isEqualTo("select 'a:2 runInTransaction:true labels:x';\n\n");
    assertThat(marked.file().text())
        .isEqualTo(
            text.replace(
                "--changeset a:2 runInTransaction:true labels:x",
                "--changeset a:2  labels:x runInTransaction:false"));
  }

  @Test
  void theRootChangelogGivesTheOrder() {
    for (String root :
        List.of(
            "db.changelog-master.yaml\ndatabaseChangeLog:\n  - include:\n      file: db/changelog/z.sql\n"
                + "  - include:\n      file: more/inner.yml\n      relativeToChangelogFile: true\n"
                + "  - includeAll:\n      path: classpath:/db/changelog/all/\n",
            "db.changelog-master.xml\n<?xml version=\"1.0\"?>\n<databaseChangeLog xmlns=\"http://www.liquibase.org/xml/ns/dbchangelog\">\n"
                + "<include file=\"db/changelog/z.sql\"/><include file=\"more/inner.yml\" relativeToChangelogFile=\"true\"/>\n"
                + "<includeAll path=\"all\" relativeToChangelogFile=\"true\"/></databaseChangeLog>",
            "root.json\n{\"databaseChangeLog\": [{\"include\": {\"file\": \"z.sql\"}}, {\"include\": {\"file\": \"db/changelog/more/inner.yml\"}},\n"
                + "{\"includeAll\": {\"path\": \"db/changelog/all\"}}]}")) {
      int name = root.indexOf('\n');
      History history =
          Tree.empty()
              .with(DIR + root.substring(0, name), root.substring(name + 1))
              .with(DIR + "z.sql", changesets("a:1"))
              .with(
                  DIR + "more/inner.yml",
                  "databaseChangeLog:\n- include: {file: b.sql, relativeToChangelogFile: true}\n")
              .with(DIR + "more/b.sql", changesets("a:2"))
              .with(DIR + "all/y/1.sql", changesets("a:4"))
              .with(DIR + "all/x.sql", changesets("a:3"))
              .history();

      assertThat(Tree.versions(history.applied())).containsExactly("a:1", "a:2", "a:3", "a:4");
      assertThat(history.directory()).isEqualTo(Path.of("src/main/resources/db/changelog"));
    }
  }

  private static String including(String... files) {
    StringBuilder text = new StringBuilder("databaseChangeLog:\n");
    for (String file : files) {
      text.append("- include: {file: ").append(file).append("}\n");
    }
    return text.toString();
  }

  @Test
  void whatTheBaseHadKeepsItsOrderWhenTheChangeHasLess() {
    Tree base =
        Tree.empty()
            .with(DIR + "master.yaml", including("c.sql", "b.sql", "a.sql"))
            .with(DIR + "a.sql", changesets("x:3"))
            .with(DIR + "b.sql", changesets("x:2"))
            .with(DIR + "c.sql", changesets("x:1"));
    Tree head =
        base.without(DIR + "b.sql")
            .with(DIR + "master.yaml", including("c.sql", "d.sql", "a.sql"))
            .with(DIR + "d.sql", changesets("x:4"));

    History history = base.to(head);

    assertThat(Tree.versions(history.applied())).containsExactly("x:1", "x:2", "x:3");
    assertThat(Tree.versions(history.pending())).containsExactly("x:4");
  }

  @Test
  void aNewFileThatNoChangelogIncludesIsTold() {
    Tree base =
        Tree.empty()
            .with(DIR + "master.yaml", including("a.sql"))
            .with(DIR + "a.sql", changesets("x:1"));
    History history = base.to(base.with(DIR + "b.sql", changesets("x:2")));

    assertThat(history.pending()).isEmpty();
    assertThat(Tree.problems(history)).containsExactly("ignored " + DIR + "b.sql:1:1 [b.sql]");
    assertThat(details(history))
        .containsExactly(
            "Liquibase runs files named <name>.sql that a changelog includes: no changelog that was found includes this one.");
  }

  @Test
  void directoriesThatNoChangelogIncludesAreLeftOutBesideOthers() {
    Tree tree =
        Tree.empty()
            .with("app/master.yaml", including("a.sql"))
            .with("app/a.sql", changesets("x:1"))
            .with("templates/t.sql", changesets("x:2"));

    Found found = tree.found();

    assertThat(found.histories()).extracting(History::directory).containsExactly(Path.of("app"));
    assertThat(found.passedOver())
        .extracting(Found.PassedOver::described)
        .containsExactly(
            "templates has changesets of Liquibase's that no changelog which was found includes (--dir templates lints them)");
    assertThat(tree.found(Search.everywhere().in(Path.of("templates"))).histories())
        .extracting(History::directory)
        .containsExactly(Path.of("templates"));
  }

  @Test
  void changesetsInOtherFormatsAreCodeExceptThoseThatRunAFile() {
    String xml =
        "<databaseChangeLog><include file=\"db/changelog/a.sql\"/>\n"
            + "<changeSet id=\"1\" author=\"x\"><comment>c</comment><createTable tableName=\"t\"/></changeSet>\n"
            + "<changeSet id=\"2\" author=\"x\"><sqlFile path=\"run/me.sql\" relativeToChangelogFile=\"true\"/></changeSet>\n"
            + "<changeSet id=\"3\" author=\"x\" dbms=\"oracle\"><sql>x</sql></changeSet>\n"
            + "<changeSet id=\"4\" author=\"x\"><tagDatabase tag=\"v1\"/></changeSet>\n";
    Tree base =
        Tree.empty()
            .with(DIR + "master.xml", xml + "</databaseChangeLog>")
            .with(DIR + "a.sql", changesets("a:1"))
            .with(DIR + "run/me.sql", "select 2;");
    Tree head =
        base.with(
            DIR + "master.xml",
            xml
                + "<changeSet id=\"5\" author=\"x\"><dropTable tableName=\"t\"/></changeSet></databaseChangeLog>");

    History history = base.to(head);

    assertThat(Tree.versions(history.applied())).containsExactly("a:1", "x:2");
    assertThat(history.applied().getLast().up().text()).isEqualTo("select 2;");
    assertThat(history.code())
        .extracting(code -> code.version().text(), CodeMigration::pending)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("x:1", false),
            org.assertj.core.groups.Tuple.tuple("x:5", true));
    assertThat(Tree.problems(history)).containsExactly("not-sql " + DIR + "master.xml:1:1 [x:5]");
  }

  @Test
  void nothingThatAnXmlChangelogNamesOutsideIsRead() {
    String xml =
        "<!DOCTYPE d [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>\n"
            + "<databaseChangeLog>&e;<include file=\"a.sql\"/></databaseChangeLog>";

    History history =
        Tree.empty().with(DIR + "master.xml", xml).with(DIR + "a.sql", changesets("a:1")).history();

    assertThat(Tree.versions(history.applied())).containsExactly("a:1");
  }

  @Test
  void propertiesFillPlaceholdersAndTextInStringsStays() {
    History history =
        Tree.empty()
            .with(
                DIR + "master.yaml",
                "databaseChangeLog:\n- property: {name: owner, value: app}\n- include: {file: a.sql}\n")
            .with(
                DIR + "a.sql",
                HEADER
                    + "--property name:schema value:shop\n--changeset a:1\nselect '${letter}', ${schema}, ${missing};\n")
            .history();

    assertThat(history.placeholders().orElseThrow().values())
        .containsEntry("owner", "app")
        .containsEntry("schema", "shop")
        .containsEntry("letter", "${letter}")
        .doesNotContainKey("missing");
  }

  @Test
  void aFileThatIsNamedIsReadByItsHeader() {
    SourceFile old = new SourceFile(Path.of("old.sql"), changesets("a:1"));
    SourceFile fresh = new SourceFile(Path.of("new.sql"), changesets("a:2", "a:3"));

    History history =
        new HistoryFinder(Search.everywhere())
            .among(
                dev.drydock.source.FileTree.of(List.of(old)),
                dev.drydock.source.FileTree.of(List.of(fresh)));

    assertThat(history.layout()).isEqualTo("liquibase");
    assertThat(Tree.versions(history.applied())).containsExactly("a:1");
    assertThat(Tree.versions(history.pending())).containsExactly("a:2", "a:3");
  }

  private static List<String> cut(String options, String sql) {
    Tree base = one(changesets("a:1"));
    return Tree.problems(
        base.to(one(changesets("a:1") + "\n--changeset a:2" + options + "\n" + sql)));
  }

  @Test
  void aBodyBetweenDollarSignsIsDividedAtItsSemicolons() {
    String line = "unrunnable " + DIR + "a.sql:7:";
    String function = "create function f() returns int language plpgsql as ";

    assertThat(cut("", function + "$$ begin return 1; end; $$;"))
        .containsExactly(line + "75 [a:2]");
    assertThat(cut("", "do $$ declare n int; begin n := 1; end $$;"))
        .containsExactly(line + "20 [a:2]");
    assertThat(cut("", "do $b$ begin if true then null; end if; end $b$;"))
        .containsExactly(line + "39 [a:2]");

    assertThat(cut("", function + "$$ begin return 1; end $$;\nselect 1;")).isEmpty();
    assertThat(cut("", function + "$$ begin return 1; end$$;\n do $$ declare n int; begin end $$;"))
        .isEmpty();
    assertThat(cut("", "select ';', $$ a $$; begin transaction; select 1; end;")).isEmpty();
    assertThat(cut(" splitStatements:false", "do $$ declare n int; begin end $$;")).isEmpty();
    assertThat(cut(" rollbackSplitStatements:false", "do $$ declare n int; begin end $$;"))
        .isEmpty();
    assertThat(cut(" endDelimiter:@@", "do $$ declare n int; begin end $$\n@@")).isEmpty();
  }

  @Test
  void whereDatabasesHaveRunOneThatIsDividedSomethingElseSendsThem() {
    String body = "do $$ declare n int; begin end $$;\n";
    String first = HEADER + "--changeset a:1\n" + body;

    assertThat(one(first).to(one(first + "--changeset a:2\n" + body)).problems()).isEmpty();
  }
}
