package dev.drydock.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.source.LineMap;
import org.junit.jupiter.api.Test;

class LinesTest {
  private static final LineMap MOVED = LineMap.between("a\nb\nc\n", "x\na\nb\nc\n");

  @Test
  void linesThatMovedTogetherAreFound() {
    assertThat(new Lines(1, 3).in(MOVED)).contains(new Lines(2, 4));
  }

  @Test
  void linesWithAnotherBetweenThemAreNotTheSame() {
    LineMap changed = LineMap.between("a\nb\nc\n", "a\nother\nc\n");

    assertThat(new Lines(1, 3).in(changed)).isEmpty();
    assertThat(new Lines(3, 3).in(changed)).contains(new Lines(3, 3));
  }

  @Test
  void whatIsGoneIsNearWhatStoodBeforeIt() {
    LineMap gone = LineMap.between("new\nnew\na\nb\nnew\n", "a\nb\n");

    assertThat(new Lines(1, 2).near(gone)).isEqualTo(new Lines(1, 1));
    assertThat(new Lines(3, 4).near(gone)).isEqualTo(new Lines(1, 2));
    assertThat(new Lines(5, 5).near(gone)).isEqualTo(new Lines(2, 2));
  }
}
