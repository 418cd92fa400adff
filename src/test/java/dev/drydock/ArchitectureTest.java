package dev.drydock;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.net.URL;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The packages stand on one another in one order, and some doors are theirs alone. */
class ArchitectureTest {
  private static final String ROOT = "dev.drydock.";

  /** Bottom to top: a package uses those before it and none after. */
  static final List<String> ORDER =
      List.of(
          "source", "history", "sql", "schema", "replay", "engine", "facts", "policy", "report",
          "github", "lint", "docs", "cli");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("dev.drydock");

  private static final Set<String> ENDS_OR_ASKS =
      Set.of("java.lang.System", "java.lang.Runtime", "java.io.FileDescriptor");

  private static final Set<String> HARMLESS =
      Set.of(
          "nanoTime",
          "arraycopy",
          "identityHashCode",
          "getRuntime",
          "addShutdownHook",
          "removeShutdownHook");

  /**
   * What one package alone may use.
   *
   * @param owner the package, of {@link #ORDER}
   * @param uses what others must not use, as ArchUnit writes packages or as names of classes
   */
  private record Door(String owner, String... uses) {
    private DescribedPredicate<JavaClass> leadsTo() {
      return JavaClass.Predicates.resideInAnyPackage(uses)
          .or(
              DescribedPredicate.describe(
                  "are named", type -> List.of(uses).contains(type.getName())))
          .as("are of " + String.join(", ", uses));
    }

    @Override
    public String toString() {
      return owner + ": " + String.join(", ", uses);
    }
  }

  static Stream<Door> doors() {
    return Stream.of(
        new Door("engine", "java.sql..", "javax.sql..", "org.postgresql.."),
        new Door(
            "github",
            "java.net.http..",
            "java.net.URLConnection",
            "java.net.HttpURLConnection",
            "javax.net.ssl.HttpsURLConnection",
            "com.sun.net.httpserver..",
            "org.kohsuke.."),
        new Door("source", "org.eclipse.jgit.."),
        new Door("sql", "org.pgcodekeeper..", "net.sf.jsqlparser..", "org.antlr.."),
        new Door("policy", "dev.cel.."));
  }

  @Test
  void everyPackageHasItsPlaceInTheOrder() {
    assertThat(CLASSES.size()).isGreaterThan(200);
    assertThat(CLASSES.stream().map(ArchitectureTest::packageOf).distinct())
        .containsExactlyInAnyOrderElementsOf(ORDER);
  }

  private static String packageOf(JavaClass type) {
    return type.getPackageName().replace(ROOT, "").split("\\.")[0];
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

  /** Within a package of the order too, what serves others knows nothing of them. */
  @ParameterizedTest
  @CsvSource({
    "history, history.layout",
    "history, history.discovery",
    "history.layout, history.discovery",
    "facts, facts.mapping",
    "engine.postgres.server, engine.postgres.watch",
    "engine.postgres.server, engine.postgres",
    "engine.postgres.watch, engine.postgres",
  })
  void aPackageKnowsNothingOfItsNeighbour(String one, String other) {
    DescribedPredicate<JavaClass> unknown = JavaClass.Predicates.resideInAPackage(ROOT + other);
    assertThat(CLASSES.stream().filter(unknown)).isNotEmpty();
    noClasses()
        .that()
        .resideInAPackage(ROOT + one)
        .should()
        .dependOnClassesThat(unknown)
        .check(CLASSES);
  }

  /**
   * An engine is chosen by the command line alone; what stands above it knows the contract in
   * replay.
   */
  @Test
  void onlyTheCommandLineNamesAnEngine() {
    assertThat(usersOf(JavaClass.Predicates.resideInAPackage(ROOT + "engine..")))
        .containsExactlyInAnyOrder("engine", "cli");
  }

  @ParameterizedTest
  @MethodSource("doors")
  void aDoorIsUsedByItsOwnerAlone(Door door) {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + door.owner() + "..")
        .should()
        .dependOnClassesThat(door.leadsTo())
        .check(CLASSES);
    // A library that is gone, or named wrongly here, would be used by nobody.
    assertThat(usersOf(door.leadsTo())).containsExactly(door.owner());
  }

  private static Set<String> usersOf(DescribedPredicate<JavaClass> used) {
    return CLASSES.stream()
        .filter(
            type ->
                type.getDirectDependenciesFromSelf().stream()
                    .anyMatch(dependency -> used.test(dependency.getTargetClass())))
        .map(ArchitectureTest::packageOf)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What a URL opens is HTTP without a class of its own. */
  @Test
  void nobodyOpensAUrl() {
    noClasses()
        .should()
        .callMethodWhere(
            DescribedPredicate.describe(
                "a URL is opened",
                call ->
                    call.getTargetOwner().isEquivalentTo(URL.class)
                        && call.getName().startsWith("open")))
        .check(CLASSES);
  }

  /**
   * Streams, environment and properties are passed in, and the exit is the command line's. The rest
   * of {@link System} measures a span or moves memory, and says nothing of the system.
   */
  @Test
  void onlyTheCommandLineTouchesTheSystem() {
    Map<String, Set<String>> members =
        CLASSES.stream()
            .flatMap(type -> type.getAccessesFromSelf().stream())
            .filter(access -> ENDS_OR_ASKS.contains(access.getTargetOwner().getName()))
            .filter(access -> !HARMLESS.contains(access.getName()))
            .collect(
                Collectors.groupingBy(
                    access -> packageOf(access.getOriginOwner()),
                    TreeMap::new,
                    Collectors.mapping(
                        JavaAccess::getName, Collectors.toCollection(TreeSet::new))));
    assertThat(members).containsOnlyKeys("cli");
    assertThat(members.get("cli")).contains("out", "err", "getenv", "exit");
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
