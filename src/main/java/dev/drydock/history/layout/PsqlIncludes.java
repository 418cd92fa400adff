package dev.drydock.history.layout;

import dev.drydock.history.Script;
import dev.drydock.history.Script.Inclusion;
import dev.drydock.source.FileTree;
import dev.drydock.source.SourceFile;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files that a script has psql read with {@code \\i} and {@code \\ir}. */
public final class PsqlIncludes {
  private static final Pattern COMMAND =
      Pattern.compile(
          "(?m)^[ \\t]*\\\\(?<how>i|ir|include|include_relative)[ \\t]+(?:'(?<quoted>[^'\\n]+)'|(?<plain>[^\\s'\\\\:;]+))");

  /** More have been made to keep a reader busy. */
  private static final int MOST = 1_000;

  private final FileTree tree;
  private final Map<Inclusion, SourceFile> files = new LinkedHashMap<>();

  private PsqlIncludes(FileTree tree) {
    this.tree = tree;
  }

  /**
   * A script with the files it asks for, as far as they are in a tree.
   *
   * @throws dev.drydock.source.SourceException when one of them cannot be read
   */
  public static Script in(Script script, FileTree tree) {
    if (!COMMAND.matcher(script.text()).find()) {
      return script;
    }
    PsqlIncludes includes = new PsqlIncludes(tree);
    includes.read(script);
    return script.including(includes.files);
  }

  private void read(Script script) {
    Deque<Script> open = new ArrayDeque<>(List.of(script));
    Set<Path> seen = new HashSet<>();
    while (!open.isEmpty() && files.size() < MOST) {
      Script next = open.pop();
      Path by = next.file().path();
      Matcher command = COMMAND.matcher(next.text());
      while (command.find()) {
        String quoted = command.group("quoted");
        String name = quoted == null ? command.group("plain") : quoted;
        Optional<Path> path = path(by, name, command.group("how").endsWith("r"));
        if (path.isPresent()) {
          SourceFile file = tree.read(path.get());
          files.put(new Inclusion(by, name), file);
          if (seen.add(path.get())) {
            open.add(Script.whole(file));
          }
        }
      }
    }
  }

  /**
   * Where psql finds it: beside the file that asks for it, or in the directory in which psql was
   * called, which is one of those that this one is in.
   */
  private Optional<Path> path(Path by, String name, boolean relative) {
    Path folder = Folders.of(by);
    try {
      List<Path> from = relative ? List.of(folder) : Folders.upwards(folder);
      return from.stream()
          .map(at -> at.resolve(name).normalize())
          .filter(at -> !Folders.isOutside(at) || Folders.isOutside(by))
          .filter(tree::has)
          .findFirst();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
