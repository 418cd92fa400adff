package dev.drydock.policy;

import dev.drydock.source.FileTree;
import dev.drydock.source.SourceException;
import dev.drydock.source.Utf8;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A set of rules, by id. */
public final class RulePack {
  private final Map<String, Rule> rules;
  private final Map<String, byte[]> programs;

  private RulePack(Map<String, Rule> rules, Map<String, byte[]> programs) {
    this.rules = rules;
    this.programs = programs;
  }

  /** The rules that come with Drydock. */
  public static RulePack builtIn() {
    RuleArchive archive = RuleArchive.builtIn();
    return of(archive.rules(), archive.programs());
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
        rules.add(RuleReader.read(file.toString(), Utf8.read(file, file)));
      }
    } catch (SourceException e) {
      throw new PolicyException(e.getMessage(), e);
    } catch (IOException e) {
      throw new PolicyException(
          "the rules in %s cannot be read: %s".formatted(directory, e.getMessage()), e);
    }
    return of(rules);
  }

  /**
   * Rules of a user's own, every expression of them type-checked. Their files are read as
   * migrations are: not through links that lead out, nor what is no file or is too large.
   *
   * @param root what {@code directory} is relative to; messages name files as seen from there
   * @throws PolicyException with file, line and column, when a file is not a rule, an expression
   *     does not compile, or two rules have the same id
   */
  public static RulePack checked(Path root, Path directory) {
    List<Rule> rules = new ArrayList<>();
    Expressions expressions = new Expressions(Map.of());
    if (!Files.exists(root.resolve(directory))) {
      throw new PolicyException(
          "the rules in %s cannot be read: it is not there".formatted(directory), null);
    }
    try {
      FileTree files = FileTree.named(root, List.of(directory), FileTree.DEFAULT_LIMIT);
      for (Path file :
          files.files().stream().filter(f -> f.toString().endsWith(".yaml")).toList()) {
        String name = file.toString();
        String text = files.read(file).text();
        Rule rule = RuleReader.read(name, text);
        for (String key : Policy.EXPRESSION_KEYS) {
          try {
            Policy.compile(rule, key, expressions);
          } catch (PolicyException e) {
            throw new PolicyException(RuleReader.place(name, text, key), e.getMessage());
          }
        }
        rules.add(rule);
      }
    } catch (SourceException e) {
      throw new PolicyException(e.getMessage(), e);
    }
    return of(rules, expressions.compiled());
  }

  static RulePack of(List<Rule> rules) {
    return of(rules, Map.of());
  }

  private static RulePack of(List<Rule> rules, Map<String, byte[]> programs) {
    Map<String, Rule> byId = new LinkedHashMap<>();
    for (Rule rule : rules.stream().sorted(Comparator.comparing(Rule::id)).toList()) {
      if (byId.put(rule.id(), rule) != null) {
        throw new PolicyException("two rules have the id `%s`".formatted(rule.id()), null);
      }
    }
    return new RulePack(byId, programs);
  }

  /** Both sets together. */
  public RulePack and(RulePack other) {
    List<Rule> all = new ArrayList<>(rules());
    all.addAll(other.rules());
    Map<String, byte[]> ready = new LinkedHashMap<>(programs);
    ready.putAll(other.programs);
    return of(all, ready);
  }

  /** Expressions of the rules that are compiled already, by {@link RuleArchive#key}. */
  Map<String, byte[]> programs() {
    return programs;
  }

  /** In the order of their ids. */
  public List<Rule> rules() {
    return List.copyOf(rules.values());
  }

  public boolean contains(String id) {
    return rules.containsKey(id);
  }

  /** The rule of that id, or the first that has it as an alias. */
  public Optional<Rule> find(String id) {
    return findAll(id).stream().findFirst();
  }

  /** The rule of that id, or those that have it as an alias: another tool may tell less apart. */
  public List<Rule> findAll(String id) {
    if (rules.containsKey(id)) {
      return List.of(rules.get(id));
    }
    return rules.values().stream().filter(rule -> rule.aliases().contains(id)).toList();
  }
}
