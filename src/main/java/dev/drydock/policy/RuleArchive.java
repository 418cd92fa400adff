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
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

  void write(OutputStream stream) throws IOException {
    DataOutputStream out = new DataOutputStream(stream);
    out.writeInt(rules.size());
    for (Rule rule : rules) {
      writeRule(out, rule);
    }
    out.writeInt(programs.size());
    for (String key : programs.keySet().stream().sorted().toList()) {
      writeText(out, key);
      out.writeInt(programs.get(key).length);
      out.write(programs.get(key));
    }
    out.flush();
  }

  static RuleArchive read(InputStream stream) throws IOException {
    DataInputStream in = new DataInputStream(new BufferedInputStream(stream));
    List<Rule> rules = new ArrayList<>();
    for (int i = in.readInt(); i > 0; i--) {
      rules.add(readRule(in));
    }
    Map<String, byte[]> programs = new HashMap<>();
    for (int i = in.readInt(); i > 0; i--) {
      String key = readText(in);
      programs.put(key, in.readNBytes(in.readInt()));
    }
    return new RuleArchive(rules, programs);
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
    out.writeInt(rule.options().size());
    for (Map.Entry<String, Object> option : rule.options().entrySet()) {
      writeText(out, option.getKey());
      writeOption(out, option.getValue());
    }
    writeText(out, rule.message());
    writeText(out, rule.why());
    out.writeInt(rule.recipes().size());
    for (Rule.Recipe recipe : rule.recipes()) {
      writeText(out, recipe.when());
      writeText(out, recipe.text());
    }
    out.writeInt(rule.suggestions().size());
    for (Rule.Suggestion suggest : rule.suggestions()) {
      writeText(out, suggest.when());
      writeText(out, suggest.replace());
      writeText(out, suggest.then());
      out.writeBoolean(suggest.outsideTransaction());
    }
    writeText(out, rule.preflight());
    writeTexts(out, rule.references());
    out.writeInt(rule.examples().size());
    for (Rule.Example example : rule.examples()) {
      writeText(out, example.name());
      writeTexts(out, example.history());
      writeTexts(out, example.bad());
      writeTexts(out, example.good());
      out.writeBoolean(example.equivalent());
      writeText(out, example.badRow());
      writeText(out, example.goodRow());
      out.writeLong(example.from());
    }
  }

  private static Rule readRule(DataInputStream in) throws IOException {
    String id = readText(in);
    String title = readText(in);
    Severity severity = Severity.of(readText(in)).orElseThrow();
    List<String> engines = readTexts(in);
    List<String> tags = readTexts(in);
    List<String> aliases = readTexts(in);
    List<String> hazards = readTexts(in);
    String each = readText(in);
    String when = readText(in);
    String weigh = readText(in);
    Map<String, Object> options = new LinkedHashMap<>();
    for (int i = in.readInt(); i > 0; i--) {
      String name = readText(in);
      options.put(name, readOption(in));
    }
    String message = readText(in);
    String why = readText(in);
    List<Rule.Recipe> recipes = new ArrayList<>();
    for (int i = in.readInt(); i > 0; i--) {
      recipes.add(new Rule.Recipe(readText(in), readText(in)));
    }
    List<Rule.Suggestion> suggestions = new ArrayList<>();
    for (int i = in.readInt(); i > 0; i--) {
      suggestions.add(
          new Rule.Suggestion(readText(in), readText(in), readText(in), in.readBoolean()));
    }
    String preflight = readText(in);
    List<String> references = readTexts(in);
    List<Rule.Example> examples = new ArrayList<>();
    for (int i = in.readInt(); i > 0; i--) {
      examples.add(
          new Rule.Example(
              readText(in),
              readTexts(in),
              readTexts(in),
              readTexts(in),
              in.readBoolean(),
              readText(in),
              readText(in),
              in.readLong()));
    }
    return new Rule(
        id,
        title,
        severity,
        engines,
        tags,
        aliases,
        hazards,
        each,
        when,
        weigh,
        options,
        message,
        why,
        recipes,
        suggestions,
        preflight,
        references,
        examples);
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

  private static void writeTexts(DataOutputStream out, List<String> texts) throws IOException {
    out.writeInt(texts.size());
    for (String text : texts) {
      writeText(out, text);
    }
  }

  private static List<String> readTexts(DataInputStream in) throws IOException {
    List<String> texts = new ArrayList<>();
    for (int i = in.readInt(); i > 0; i--) {
      texts.add(readText(in));
    }
    return texts;
  }

  private static void writeText(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static String readText(DataInputStream in) throws IOException {
    return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
  }
}
