package dev.drydock.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.history.Version.Repeatable;
import dev.drydock.history.Version.Versioned;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class VersionTest {

  private static Version numbered(long... parts) {
    return new Versioned("v", Arrays.stream(parts).mapToObj(BigInteger::valueOf).toList());
  }

  @Example
  void partsAreComparedAsNumbersAndMissingOnesAreZero() {
    assertThat(numbered(1, 10)).isGreaterThan(numbered(1, 9));
    assertThat(numbered(2)).isGreaterThan(numbered(1, 99));
    assertThat(numbered(1)).isEqualByComparingTo(numbered(1, 0));
  }

  @Example
  void aVersionMayHaveMoreDigitsThanALong() {
    BigInteger large = new BigInteger("99999999999999999999999");
    assertThat((Version) new Versioned("x", List.of(large))).isGreaterThan(numbered(1));
  }

  @Example
  void repeatableMigrationsComeAfterVersionedOnesInTheOrderOfTheirDescription() {
    assertThat((Version) new Repeatable("a")).isGreaterThan(numbered(9));
    assertThat((Version) new Repeatable("b")).isGreaterThan(new Repeatable("a"));
  }

  @Provide
  Arbitrary<Version> versions() {
    Arbitrary<BigInteger> part = Arbitraries.bigIntegers().between(BigInteger.ZERO, BigInteger.TEN);
    Arbitrary<String> text =
        Arbitraries.strings().withChars("0129a_").ofMinLength(1).ofMaxLength(3);
    return Arbitraries.oneOf(
        part.list().ofMinSize(1).ofMaxSize(3).map(parts -> new Versioned("v", parts)),
        text.map(name -> new Versioned(name, List.of())),
        text.map(Repeatable::new));
  }

  @Property
  void theOrderIsTotal(
      @ForAll("versions") Version a, @ForAll("versions") Version b, @ForAll("versions") Version c) {
    assertThat(Integer.signum(a.compareTo(b))).isEqualTo(-Integer.signum(b.compareTo(a)));
    assertThat(a.compareTo(a)).isZero();
    if (a.compareTo(b) <= 0 && b.compareTo(c) <= 0) {
      assertThat(a.compareTo(c)).isLessThanOrEqualTo(0);
    }
    if (a.compareTo(b) == 0) {
      assertThat(Integer.signum(a.compareTo(c))).isEqualTo(Integer.signum(b.compareTo(c)));
    }
  }
}
