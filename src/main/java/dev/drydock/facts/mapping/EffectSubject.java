package dev.drydock.facts.mapping;

import java.util.List;
import java.util.Objects;

/**
 * An effect as a rule sees it.
 *
 * @param each its kind, as rules name it
 * @param facts the record
 * @param object qualified name, for the fingerprint
 * @param parts kinds of syntax part that name it, the best first
 * @param word the name such a part has
 * @param actions what an ALTER TABLE calls that which does it, the best first, where it may name
 *     the thing in several: it drops a constraint and adds one of its name
 */
record EffectSubject(
    String each,
    Object facts,
    String object,
    List<String> parts,
    String word,
    List<String> actions) {
  EffectSubject(String each, Object facts, String object, List<String> parts, String word) {
    this(each, facts, object, parts, word, List.of());
  }

  EffectSubject {
    Objects.requireNonNull(each);
    Objects.requireNonNull(facts);
    Objects.requireNonNull(object);
    parts = List.copyOf(parts);
    Objects.requireNonNull(word);
    actions = List.copyOf(actions);
  }
}
