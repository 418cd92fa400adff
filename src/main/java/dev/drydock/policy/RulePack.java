package dev.drydock.policy;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** A set of rules, by id. */
public final class RulePack {
  private static final String ROOT = "dev/drydock/rules/";

  private final Map<String, Rule> rules;

  private RulePack(Map<String, Rule> rules) {
    this.rules = rules;
  }

  /** The rules that come with Drydock. */
  public static RulePack builtIn() {
    List<Rule> rules = new ArrayList<>();
    builtInFiles().forEach((name, text) -> rules.add(RuleReader.read(name, text)));
    return of(rules);
  }

  /**
   * The rules in the YAML files of a directory, at any depth.
   *
   * @throws PolicyException when a file is not a rule, or two have the same id
   */
  public static RulePack load(Path directory) {
    List<Rule> rules = new ArrayList<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList()) {
        rules.add(RuleReader.read(file.toString(), Files.readString(file)));
      }
    } catch (IOException e) {
      throw new PolicyException(
          "the rules in %s cannot be read: %s".formatted(directory, e.getMessage()), e);
    }
    return of(rules);
  }

  static RulePack of(List<Rule> rules) {
    Map<String, Rule> byId = new LinkedHashMap<>();
    for (Rule rule : rules.stream().sorted((a, b) -> a.id().compareTo(b.id())).toList()) {
      if (byId.put(rule.id(), rule) != null) {
        throw new PolicyException("two rules have the id `%s`".formatted(rule.id()), null);
      }
    }
    return new RulePack(byId);
  }

  /** Both sets together. */
  public RulePack and(RulePack other) {
    List<Rule> all = new ArrayList<>(rules());
    all.addAll(other.rules());
    return of(all);
  }

  /** In the order of their ids. */
  public List<Rule> rules() {
    return List.copyOf(rules.values());
  }

  public boolean contains(String id) {
    return rules.containsKey(id);
  }

  /** The rule of that id, or the one that has it as an alias. */
  public Optional<Rule> find(String id) {
    if (rules.containsKey(id)) {
      return Optional.of(rules.get(id));
    }
    return rules.values().stream().filter(rule -> rule.aliases().contains(id)).findFirst();
  }

  /**
   * Name and text of each file, sorted by name; they lie in a jar, or in a directory of classes
   * during a build.
   */
  private static Map<String, String> builtInFiles() {
    URL self = RulePack.class.getProtectionDomain().getCodeSource().getLocation();
    try {
      Path place = Path.of(self.toURI());
      return Files.isDirectory(place) ? fromDirectory(place.resolve(ROOT)) : fromJar(place);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the program's own place is not a path: " + self, e);
    }
  }

  private static Map<String, String> fromDirectory(Path root) throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    try (Stream<Path> paths = Files.walk(root)) {
      for (Path path : paths.filter(p -> p.toString().endsWith(".yaml")).sorted().toList()) {
        files.put(
            "rules/" + root.relativize(path).toString().replace('\\', '/'), Files.readString(path));
      }
    }
    return files;
  }

  private static Map<String, String> fromJar(Path jar) throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    try (JarFile file = new JarFile(jar.toFile())) {
      for (var entry :
          file.stream()
              .filter(e -> e.getName().startsWith(ROOT) && e.getName().endsWith(".yaml"))
              .sorted((a, b) -> a.getName().compareTo(b.getName()))
              .toList()) {
        try (InputStream text = file.getInputStream(entry)) {
          files.put(
              "rules/" + entry.getName().substring(ROOT.length()),
              new String(text.readAllBytes(), StandardCharsets.UTF_8));
        }
      }
    }
    return files;
  }
}
