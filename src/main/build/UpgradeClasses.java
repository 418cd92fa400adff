import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;

/**
 * Gives classes of Java 5 the version and the stack maps of Java 8, in the jar that is named.
 *
 * <p>A JVM leaves such classes out of its AOT cache: loading and verifying picocli's took a fifth
 * of each start. Runs on a JDK of 24 or newer; older ones have no such cache.
 */
class UpgradeClasses {
  private static final int JAVA_6 = 50;
  private static final int JAVA_8 = 52;

  public static void main(String[] arguments) throws IOException {
    Path jar = Path.of(arguments[0]);
    try (URLClassLoader classes = new URLClassLoader(new URL[] {jar.toUri().toURL()});
        FileSystem content = FileSystems.newFileSystem(jar);
        Stream<Path> files = Files.walk(content.getPath("/"))) {
      ClassFile format =
          ClassFile.of(
              ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
              ClassFile.ClassHierarchyResolverOption.of(
                  ClassHierarchyResolver.ofResourceParsing(classes)
                      .orElse(ClassHierarchyResolver.defaultResolver())));
      List<Path> all = files.filter(file -> file.toString().endsWith(".class")).toList();
      for (Path file : all) {
        byte[] bytes = Files.readAllBytes(file);
        int major = (bytes[6] & 0xff) << 8 | bytes[7] & 0xff;
        if (major < JAVA_6) {
          FileTime time = Files.getLastModifiedTime(file);
          Files.write(
              file,
              format.transformClass(
                  format.parse(bytes),
                  ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)
                      .andThen(
                          (builder, element) -> {
                            if (element instanceof ClassFileVersion) {
                              builder.withVersion(JAVA_8, 0);
                            } else {
                              builder.with(element);
                            }
                          })));
          Files.setLastModifiedTime(file, time);
        }
      }
    }
  }
}
