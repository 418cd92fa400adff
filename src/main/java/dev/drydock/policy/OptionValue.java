package dev.drydock.policy;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.List;

/** The value a user gives an option of a rule. */
public final class OptionValue {
  private OptionValue() {}

  /**
   * Refuses a value of another type than the option's default, and a pattern that is none.
   *
   * @throws PolicyException with its place and what could stand there
   */
  public static void check(Rule rule, String option, YamlNode node) {
    Object standard = rule.options().get(option);
    Object value = RuleReader.optionValue(node);
    if (!kind(value).equals(kind(standard))) {
      throw new PolicyException(
          node.mark(),
          "the option `%s` of %s is %s, such as `%s`"
              .formatted(option, rule.id(), kind(standard), standard));
    }
    if (value instanceof String text && isPattern(rule, option)) {
      try {
        Pattern.compile(text);
      } catch (PatternSyntaxException e) {
        throw new PolicyException(
            node.mark(),
            "the option `%s` of %s is a regular expression (RE2), and `%s` is none: %s"
                .formatted(option, rule.id(), text, e.getDescription()));
      }
    }
  }

  /** What a rule hands to {@code matches} is a pattern. */
  private static boolean isPattern(Rule rule, String option) {
    return (rule.when() + rule.message())
        .replaceAll("\\s+", "")
        .contains("matches(options.%s)".formatted(option));
  }

  private static String kind(Object value) {
    return switch (value) {
      case Boolean unused -> "true or false";
      case Long unused -> "a whole number";
      case List<?> unused -> "a list of texts";
      default -> "a text";
    };
  }
}
