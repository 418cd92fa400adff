package dev.drydock.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A policy rule, as its file says it.
 *
 * @param id the name of its file; names the bad thing
 * @param title under ten words, sentence case, no full stop
 * @param severity the default one
 * @param engines the engines it is for, e.g. {@code postgresql}
 * @param aliases ids of the same check in other tools, as {@code tool:id}
 * @param hazards names of the hazards it reports
 * @param each what it is asked about
 * @param when CEL, true means report
 * @param weigh CEL, the relations or tables whose size in production the harm grows with; empty
 *     when it does not
 * @param options what a user may set, with the default of each: a boolean, a long, a string or a
 *     list of strings
 * @param message text with CEL in braces
 * @param why the mechanism, Markdown
 * @param recipes what to do about it; where one depends on the case, the whole is in {@link #fix()}
 * @param suggestions mechanical rewrites of the statement; the first that is possible is offered
 * @param preflight the query for production; empty when there is none
 * @param references where a sceptic checks
 */
public record Rule(
    String id,
    String title,
    Severity severity,
    List<String> engines,
    List<String> tags,
    List<String> aliases,
    List<String> hazards,
    String each,
    String when,
    String weigh,
    Map<String, Object> options,
    String message,
    String why,
    List<Recipe> recipes,
    List<Suggestion> suggestions,
    String preflight,
    List<String> references,
    List<Example> examples) {
  private static final String FAILURE = "migration-fails";

  /**
   * Its own test, and the example in its page.
   *
   * @param name what it shows
   * @param history migrations production has
   * @param bad migrations with a marker above each statement that must be reported
   * @param good migrations that must be clean
   * @param equivalent whether bad and good end in the same schema
   * @param badRow SQL of rows that the preflight query has to find; empty when it is not tried here
   * @param goodRow SQL of rows that it must not find
   * @param from the first major version of the server that has what its SQL uses; 0 for any
   */
  public record Example(
      String name,
      List<String> history,
      List<String> bad,
      List<String> good,
      boolean equivalent,
      String badRow,
      String goodRow,
      long from) {
    public Example {
      Objects.requireNonNull(name);
      history = List.copyOf(history);
      bad = List.copyOf(bad);
      good = List.copyOf(good);
      Objects.requireNonNull(badRow);
      Objects.requireNonNull(goodRow);
    }

    /** An example for every version that does not try the preflight query. */
    public Example(
        String name,
        List<String> history,
        List<String> bad,
        List<String> good,
        boolean equivalent) {
      this(name, history, bad, good, equivalent, "", "", 0);
    }
  }

  /**
   * A way out.
   *
   * @param when CEL, true where it is one; empty for everywhere
   * @param text Markdown that says for itself what it is for
   */
  public record Recipe(String when, String text) {
    public Recipe {
      Objects.requireNonNull(when);
      Objects.requireNonNull(text);
    }
  }

  /**
   * How the statement of a finding is rewritten.
   *
   * @param when CEL, true where the rewrite is possible; empty for everywhere
   * @param replace what takes the place of the statement; text with CEL in braces
   * @param then SQL of a later migration that goes with it; empty when there is none
   * @param outsideTransaction whether the replacement must not run in a transaction
   */
  public record Suggestion(String when, String replace, String then, boolean outsideTransaction) {
    public Suggestion {
      Objects.requireNonNull(when);
      Objects.requireNonNull(replace);
      Objects.requireNonNull(then);
    }
  }

  public Rule {
    Objects.requireNonNull(id);
    Objects.requireNonNull(title);
    Objects.requireNonNull(severity);
    engines = List.copyOf(engines);
    tags = List.copyOf(tags);
    aliases = List.copyOf(aliases);
    hazards = List.copyOf(hazards);
    Objects.requireNonNull(each);
    Objects.requireNonNull(when);
    Objects.requireNonNull(weigh);
    options = Map.copyOf(options);
    Objects.requireNonNull(message);
    Objects.requireNonNull(why);
    recipes = List.copyOf(recipes);
    suggestions = List.copyOf(suggestions);
    Objects.requireNonNull(preflight);
    references = List.copyOf(references);
    examples = List.copyOf(examples);
  }

  /** Rules are keys, and all their texts are half a million characters. */
  @Override
  public int hashCode() {
    return id.hashCode();
  }

  /** All recipes, those of one case or another as a list; Markdown. */
  public String fix() {
    List<String> parts = new ArrayList<>();
    recipes.stream()
        .filter(recipe -> recipe.when().isEmpty())
        .map(Recipe::text)
        .forEach(parts::add);
    List<String> cases =
        recipes.stream().filter(recipe -> !recipe.when().isEmpty()).map(Recipe::text).toList();
    if (!cases.isEmpty()) {
      parts.add(parts.isEmpty() ? "Depending on the case:" : "And depending on the case:");
    }
    cases.forEach(text -> parts.add("* " + text.strip().replaceAll("\n(?=[^\n])", "\n  ")));
    return String.join("\n\n", parts);
  }

  /**
   * Whether a reason can answer what it reports: a migration that fails goes on failing, and a
   * comment that is wrong is put right.
   */
  public boolean isAcceptable() {
    return !hazards.contains(FAILURE) && !each.equals("suppression");
  }
}
