package dev.drydock.cli;

/** The program's entry. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) {
    System.exit(new Drydock(Environment.system()).run(arguments));
  }
}
