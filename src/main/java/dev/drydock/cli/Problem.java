package dev.drydock.cli;

import dev.drydock.replay.ReplayException;
import dev.drydock.report.Unjudged;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What went wrong, in words. Many of the system's exceptions about files have none but a path. */
final class Problem {
  private Problem() {}

  /** Why there is no verdict at all. */
  static Unjudged unjudged(ReplayException e) {
    return new Unjudged("", e.getMessage(), e.location(), e.remedy());
  }

  /** A sentence that names the file where the exception does. */
  static String sentence(IOException e) {
    return e instanceof FileSystemException file && file.getFile() != null
        ? "%s cannot be used: %s".formatted(file.getFile(), of(e))
        : of(e);
  }

  /** The reason alone. */
  static String of(IOException e) {
    return switch (e) {
      case NoSuchFileException unused -> "it does not exist";
      case AccessDeniedException unused -> "permission denied";
      case FileAlreadyExistsException unused -> "it exists already";
      case FileSystemException file when file.getReason() != null -> file.getReason();
      case FileSystemException file -> file.getClass().getSimpleName();
      default -> e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    };
  }
}
