package dev.drydock.source;

import java.io.File;
import java.util.concurrent.TimeUnit;
import org.eclipse.jgit.internal.util.CleanupService;
import org.eclipse.jgit.lib.Config;
import org.eclipse.jgit.storage.file.FileBasedConfig;
import org.eclipse.jgit.util.FS;
import org.eclipse.jgit.util.SystemReader;

/**
 * What JGit may know of the machine: the user's git configuration and nothing else.
 *
 * <p>Left alone it starts the git binary to find the system's configuration, and measures the
 * resolution of file times by writing files into the repository it reads and the result into the
 * user's home. A linter only reads.
 */
final class JGitSettings extends SystemReader.Delegate {
  private static final Object LOCK = new Object();

  private final SystemReader system;

  private JGitSettings(SystemReader system) {
    super(system);
    this.system = system;
  }

  /** Puts these settings in force for the whole process; JGit has no narrower place for them. */
  static void apply() {
    synchronized (LOCK) {
      SystemReader current = SystemReader.getInstance();
      if (!(current instanceof JGitSettings)) {
        // JGit's own would register a hook for the end of the program and load its eight hundred
        // messages for it, which every run would wait for; nothing was written that it could tidy.
        new CleanupService();
        SystemReader.setInstance(new JGitSettings(current));
      }
    }
  }

  @Override
  public FileBasedConfig openUserConfig(Config parent, FS fs) {
    return new ReadOnlyConfig(parent, system.openUserConfig(parent, fs).getFile(), fs);
  }

  @Override
  public FileBasedConfig openSystemConfig(Config parent, FS fs) {
    return new EmptyConfig(parent, fs);
  }

  @Override
  public FileBasedConfig openJGitConfig(Config parent, FS fs) {
    return new EmptyConfig(parent, fs);
  }

  /** A configuration that claims to know the resolution of file times, so that none is measured. */
  private static class ReadOnlyConfig extends FileBasedConfig {
    ReadOnlyConfig(Config parent, File file, FS fs) {
      super(parent, file, fs);
    }

    @Override
    public long getTimeUnit(
        String section, String subsection, String name, long standard, TimeUnit unit) {
      // Coarser than any file system in use: a file that changed this recently is read again.
      return section.equals("filesystem")
          ? unit.convert(1, TimeUnit.SECONDS)
          : super.getTimeUnit(section, subsection, name, standard, unit);
    }

    @Override
    public void save() {
      // Nothing here is ours to write.
    }
  }

  private static final class EmptyConfig extends ReadOnlyConfig {
    EmptyConfig(Config parent, FS fs) {
      super(parent, null, fs);
    }

    @Override
    public void load() {
      // There is no file.
    }

    @Override
    public boolean isOutdated() {
      return false;
    }
  }
}
