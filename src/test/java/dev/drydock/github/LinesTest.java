package dev.drydock.github;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.source.LineMap;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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
  void linesThatAnotherTookThePlaceOfAreNotThere() {
    LineMap changed = LineMap.between("a\nb\nc\nd\n", "a\nx\nc\nd\ny\n");

    assertThat(new Lines(2, 2).in(changed)).isEmpty();
    assertThat(new Lines(1, 1).in(changed)).contains(new Lines(1, 1));
    assertThat(new Lines(3, 4).in(changed)).contains(new Lines(3, 4));
  }

  @Test
  void linesThatBeginWhereOthersCameAreTogether() {
    LineMap more = LineMap.between("a\nb\nc\n", "a\nx\ny\nb\nc\n");

    assertThat(new Lines(1, 1).in(more)).contains(new Lines(1, 1));
    assertThat(new Lines(2, 3).in(more)).contains(new Lines(4, 5));
    assertThat(new Lines(1, 2).in(more)).isEmpty();
  }

  @Test
  @Timeout(value = 1, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void aHugeNumberOfLinesTakesNoTime() {
    assertThat(new Lines(1, Integer.MAX_VALUE - 1).in(MOVED)).isPresent();
  }

  @Test
  @Timeout(value = 10, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void manyLinesOfAFewKindsTakeNoTime() {
    Random random = new Random(1);
    StringBuilder from = new StringBuilder("first\n");
    StringBuilder to = new StringBuilder("first\n");
    for (int i = 0; i < 50_000; i++) {
      from.append(random.nextInt(100)).append('\n');
      to.append(100 + random.nextInt(100)).append('\n').append(random.nextInt(100)).append('\n');
    }
    LineMap map = LineMap.between(from.toString(), to.toString());
    assertThat(new Lines(1, 1).in(map)).contains(new Lines(1, 1));
  }

  @Test
  void whatIsGoneIsNearWhatStoodBeforeIt() {
    LineMap gone = LineMap.between("new\nnew\na\nb\nnew\n", "a\nb\n");

    assertThat(new Lines(1, 2).near(gone)).isEqualTo(new Lines(1, 1));
    assertThat(new Lines(3, 4).near(gone)).isEqualTo(new Lines(1, 2));
    assertThat(new Lines(5, 5).near(gone)).isEqualTo(new Lines(2, 2));
  }
}
