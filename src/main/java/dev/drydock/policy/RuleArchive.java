package dev.drydock.policy;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The rules that come with Drydock, read and type-checked when it was built, so that a run neither
 * parses their files nor compiles their expressions.
 *
 * @param rules sorted by id
 * @param programs type-checked expressions as CEL serialises them, by {@link #key}
 */
record RuleArchive(List<Rule> rules, Map<String, byte[]> programs) {
  /** Where the build leaves it, beside this class. */
  private static final String RESOURCE = "rules.bin";

  RuleArchive {
    rules = List.copyOf(rules);
    programs = Map.copyOf(programs);
  }

  static String key(Rule rule, String where, String expression) {
    return rule.id() + '\n' + where + '\n' + expression;
  }

  /**
   * Called by the build.
   *
   * @param arguments the directory of the rules and the file to write
   */
  public static void main(String[] arguments) throws IOException {
    RulePack pack = RulePack.load(Path.of(arguments[0]));
    Expressions expressions = new Expressions(Map.of());
    Policy.compileAll(pack, expressions);
    Path file = Path.of(arguments[1]);
    Files.createDirectories(file.getParent());
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      new RuleArchive(pack.rules(), expressions.compiled()).write(out);
    }
  }

  /** The archive of this build. */
  static RuleArchive builtIn() {
    try (InputStream in = RuleArchive.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("the build left no archive of the rules");
      }
      return read(in);
    } catch (IOException e) {
      throw new IllegalStateException("the archive of the rules is unreadable", e);
    }
  }

  /** Writes one of several values. */
  private interface Writing<T> {
    void write(DataOutputStream out, T value) throws IOException;
  }

  /** Reads one of several values. */
  private interface Reading<T> {
    T read(DataInputStream in) throws IOException;
  }

  void write(OutputStream stream) throws IOException {
    DataOutputStream out = new DataOutputStream(stream);
    writeAll(out, rules, RuleArchive::writeRule);
    writeMap(out, programs, RuleArchive::writeBytes);
    out.flush();
  }

  static RuleArchive read(InputStream stream) throws IOException {
    DataInputStream in = new DataInputStream(new BufferedInputStream(stream));
    return new RuleArchive(readAll(in, RuleArchive::readRule), readMap(in, RuleArchive::readBytes));
  }

  private static void writeRule(DataOutputStream out, Rule rule) throws IOException {
    writeText(out, rule.id());
    writeText(out, rule.title());
    writeText(out, rule.severity().id());
    writeTexts(out, rule.engines());
    writeTexts(out, rule.tags());
    writeTexts(out, rule.aliases());
    writeTexts(out, rule.hazards());
    writeText(out, rule.each());
    writeText(out, rule.when());
    writeText(out, rule.weigh());
    writeMap(out, rule.options(), RuleArchive::writeOption);
    writeText(out, rule.message());
    writeText(out, rule.why());
    writeAll(out, rule.recipes(), RuleArchive::writeRecipe);
    writeAll(out, rule.suggestions(), RuleArchive::writeSuggestion);
    writeText(out, rule.preflight());
    writeTexts(out, rule.references());
    writeAll(out, rule.examples(), RuleArchive::writeExample);
  }

  /** Reads in the order in which arguments are evaluated, which is that of {@link #writeRule}. */
  private static Rule readRule(DataInputStream in) throws IOException {
    return new Rule(
        readText(in),
        readText(in),
        Severity.of(readText(in)).orElseThrow(),
        readTexts(in),
        readTexts(in),
        readTexts(in),
        readTexts(in),
        readText(in),
        readText(in),
        readText(in),
        readMap(in, RuleArchive::readOption),
        readText(in),
        readText(in),
        readAll(in, RuleArchive::readRecipe),
        readAll(in, RuleArchive::readSuggestion),
        readText(in),
        readTexts(in),
        readAll(in, RuleArchive::readExample));
  }

  private static void writeRecipe(DataOutputStream out, Rule.Recipe recipe) throws IOException {
    writeText(out, recipe.when());
    writeText(out, recipe.text());
  }

  private static Rule.Recipe readRecipe(DataInputStream in) throws IOException {
    return new Rule.Recipe(readText(in), readText(in));
  }

  private static void writeSuggestion(DataOutputStream out, Rule.Suggestion suggestion)
      throws IOException {
    writeText(out, suggestion.when());
    writeText(out, suggestion.replace());
    writeText(out, suggestion.then());
    out.writeBoolean(suggestion.outsideTransaction());
  }

  private static Rule.Suggestion readSuggestion(DataInputStream in) throws IOException {
    return new Rule.Suggestion(readText(in), readText(in), readText(in), in.readBoolean());
  }

  private static void writeExample(DataOutputStream out, Rule.Example example) throws IOException {
    writeText(out, example.name());
    writeTexts(out, example.history());
    writeTexts(out, example.bad());
    writeTexts(out, example.good());
    out.writeBoolean(example.equivalent());
    writeText(out, example.badRow());
    writeText(out, example.goodRow());
    out.writeLong(example.from());
  }

  private static Rule.Example readExample(DataInputStream in) throws IOException {
    return new Rule.Example(
        readText(in),
        readTexts(in),
        readTexts(in),
        readTexts(in),
        in.readBoolean(),
        readText(in),
        readText(in),
        in.readLong());
  }

  private static void writeOption(DataOutputStream out, Object value) throws IOException {
    switch (value) {
      case Boolean bool -> {
        out.writeByte('b');
        out.writeBoolean(bool);
      }
      case Long number -> {
        out.writeByte('n');
        out.writeLong(number);
      }
      case List<?> list -> {
        out.writeByte('l');
        writeTexts(out, list.stream().map(String::valueOf).toList());
      }
      default -> {
        out.writeByte('t');
        writeText(out, String.valueOf(value));
      }
    }
  }

  private static Object readOption(DataInputStream in) throws IOException {
    return switch (in.readByte()) {
      case 'b' -> in.readBoolean();
      case 'n' -> in.readLong();
      case 'l' -> readTexts(in);
      default -> readText(in);
    };
  }

  private static <T> void writeAll(DataOutputStream out, Collection<T> values, Writing<T> writing)
      throws IOException {
    out.writeInt(values.size());
    for (T value : values) {
      writing.write(out, value);
    }
  }

  private static <T> List<T> readAll(DataInputStream in, Reading<T> reading) throws IOException {
    List<T> values = new ArrayList<>();
    for (int i = in.readInt(); i > 0; i--) {
      values.add(reading.read(in));
    }
    return values;
  }

  private static <T> void writeMap(DataOutputStream out, Map<String, T> values, Writing<T> writing)
      throws IOException {
    out.writeInt(values.size());
    for (String key : new TreeSet<>(values.keySet())) {
      writeText(out, key);
      writing.write(out, values.get(key));
    }
  }

  private static <T> Map<String, T> readMap(DataInputStream in, Reading<T> reading)
      throws IOException {
    Map<String, T> values = new HashMap<>();
    for (int i = in.readInt(); i > 0; i--) {
      String key = readText(in);
      values.put(key, reading.read(in));
    }
    return values;
  }

  private static void writeTexts(DataOutputStream out, List<String> texts) throws IOException {
    writeAll(out, texts, RuleArchive::writeText);
  }

  private static List<String> readTexts(DataInputStream in) throws IOException {
    return readAll(in, RuleArchive::readText);
  }

  private static void writeText(DataOutputStream out, String text) throws IOException {
    writeBytes(out, text.getBytes(StandardCharsets.UTF_8));
  }

  private static String readText(DataInputStream in) throws IOException {
    return new String(readBytes(in), StandardCharsets.UTF_8);
  }

  private static void writeBytes(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static byte[] readBytes(DataInputStream in) throws IOException {
    return in.readNBytes(in.readInt());
  }
}
