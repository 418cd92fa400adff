package dev.drydock.report;

/** Whether text carries ANSI colour sequences. */
public enum Colours {
  NONE,
  ANSI
}
