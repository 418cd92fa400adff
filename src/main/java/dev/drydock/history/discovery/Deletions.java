package dev.drydock.history.discovery;

import dev.drydock.history.Integrity;
import dev.drydock.history.Version;
import dev.drydock.history.discovery.Listing.Code;
import dev.drydock.history.discovery.Listing.Entry;
import dev.drydock.history.layout.Folder;
import dev.drydock.history.layout.Layout;
import dev.drydock.source.Location;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The migrations of a folder that the base has and the change takes away. */
final class Deletions {
  /** From so many on they are told as one: somebody has made one file of them, say. */
  private static final int MANY = 10;

  private final Folder folder;
  private final Layout layout;
  private final List<Integrity> found = new ArrayList<>();

  private Deletions(Folder folder) {
    this.folder = folder;
    this.layout = folder.layout();
  }

  /** Of a folder that is gone with all it held, which is one finding and not one for each file. */
  static Deletions ofAll(Folder folder, Listing base) {
    Deletions deletions = new Deletions(folder);
    if (!base.entries().isEmpty()) {
      deletions.add(
          base.entries().getFirst().file(),
          "directory " + (folder.directory().toString().isEmpty() ? "." : folder.directory()),
          "The base has %d migration%s in %s, which databases may have run: %s."
              .formatted(
                  base.entries().size(),
                  base.entries().size() == 1 ? "" : "s",
                  folder.directory(),
                  deletions.layout.whenDeleted()));
    }
    return deletions;
  }

  static Deletions of(Folder folder, List<Entry> deleted, Listing base, Listing head) {
    Deletions deletions = new Deletions(folder);
    List<Entry> gone = new ArrayList<>();
    for (Entry entry : deleted) {
      if ((entry.part().isEmpty() && head.tree().has(entry.file()))
          || head.strays().contains(entry.file())) {
        deletions.add(
            entry.file(),
            entry.version().text(),
            "Its file is there, but %s no longer runs it: %s."
                .formatted(deletions.layout.tool(), deletions.layout.whenDeleted()));
      } else {
        gone.add(entry);
      }
    }
    gone.sort(Comparator.comparing(Entry::version).thenComparing(Entry::file));
    deletions.addGone(gone);
    deletions.addCode(base, head);
    return deletions;
  }

  List<Integrity> found() {
    return List.copyOf(found);
  }

  private void addGone(List<Entry> gone) {
    if (gone.size() < MANY) {
      gone.forEach(entry -> add(entry.file(), entry.version().text(), whenDeleted()));
    } else {
      add(
          gone.getFirst().file(),
          "%s (one of %d, up to %s)"
              .formatted(
                  gone.getFirst().version().text(), gone.size(), gone.getLast().version().text()),
          whenDeleted());
    }
  }

  /** Migrations in another language that are gone, and are there in no other form either. */
  private void addCode(Listing base, Listing head) {
    if (!layout.knowsByVersion()) {
      return;
    }
    Set<Version> there = head.versions().collect(Collectors.toCollection(TreeSet::new));
    for (Code code : base.codes()) {
      if (!there.contains(code.version())) {
        add(code.file(), code.version().text(), whenDeleted());
      }
    }
  }

  /** A sentence, in which the name of a tool stays as it is written. */
  private String whenDeleted() {
    String text = layout.whenDeleted();
    return (text.startsWith("new ") ? "N" + text.substring(1) : text) + ".";
  }

  private void add(Path file, String subject, String detail) {
    found.add(
        new Integrity(
            Integrity.Kind.DELETED, Location.startOf(file), subject, detail, Optional.empty()));
  }
}
