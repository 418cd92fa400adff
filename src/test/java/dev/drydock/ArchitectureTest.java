package dev.drydock;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The packages stand on one another in one order, and some doors are theirs alone. */
class ArchitectureTest {
  private static final String ROOT = "dev.drydock.";

  /** Bottom to top: a package uses those before it and none after. */
  private static final List<String> ORDER =
      List.of(
          "source", "history", "sql", "schema", "replay", "engine", "facts", "policy", "report",
          "github", "lint", "docs", "cli");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.drydock");

  @Test
  void theClassesAreThere() {
    assertThat(CLASSES.size()).isGreaterThan(200);
    for (String name : ORDER) {
      assertThat(CLASSES.stream().filter(c -> c.getPackageName().startsWith(ROOT + name)))
          .as(name)
          .isNotEmpty();
    }
  }

  @Test
  void aPackageUsesThoseBeforeItAndNoneAfter() {
    for (int i = 0; i < ORDER.size(); i++) {
      for (String above : ORDER.subList(i + 1, ORDER.size())) {
        noClasses()
            .that()
            .resideInAPackage(ROOT + ORDER.get(i) + "..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT + above + "..")
            .check(CLASSES);
      }
    }
  }

  /**
   * An engine is chosen by the command line alone; what stands above it knows the contract in
   * replay.
   */
  @Test
  void onlyTheCommandLineNamesAnEngine() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT + "engine..", ROOT + "cli..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + "engine..")
        .check(CLASSES);
  }

  @Test
  void onlyEnginesSpeakJdbc() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "engine..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.sql..", "javax.sql..", "org.postgresql..")
        .check(CLASSES);
  }

  @Test
  void onlyGitHubIsSpokenToOverHttp() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "github..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.net.http..", "org.kohsuke..")
        .check(CLASSES);
  }

  /**
   * Streams, environment and properties are passed in; nanoTime measures and says nothing of the
   * system.
   */
  @Test
  void onlyTheCommandLineTouchesTheSystem() {
    for (String member : List.of("out", "err", "in")) {
      noClasses()
          .that()
          .resideOutsideOfPackage(ROOT + "cli..")
          .should()
          .accessField(System.class, member)
          .check(CLASSES);
    }
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "cli..")
        .should()
        .callMethod(System.class, "getenv", String.class)
        .orShould()
        .callMethod(System.class, "getenv")
        .orShould()
        .callMethod(System.class, "getProperty", String.class)
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .check(CLASSES);
  }

  @Test
  void onlyTheFilesOfGitAreReadWithJGit() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "source..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.eclipse.jgit..")
        .check(CLASSES);
  }

  @Test
  void onlyTheSqlPackageParses() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "sql..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.pgcodekeeper..", "net.sf.jsqlparser..", "org.antlr..")
        .check(CLASSES);
  }

  @Test
  void onlyThePolicyEvaluatesCel() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "policy..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.cel..")
        .check(CLASSES);
  }

  @Test
  void packagesAreFreeOfCycles() {
    SlicesRuleDefinition.slices().matching(ROOT + "(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void factsAreRecordsThatCelCanSee() {
    classes()
        .that()
        .resideInAPackage(ROOT + "facts")
        .and()
        .haveSimpleNameEndingWith("Facts")
        .should()
        .beRecords()
        .andShould()
        .bePublic()
        .check(CLASSES);
  }
}
