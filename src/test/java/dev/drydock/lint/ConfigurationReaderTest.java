package dev.drydock.lint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.drydock.facts.mapping.TableSizes;
import dev.drydock.policy.PolicyException;
import dev.drydock.policy.Preset;
import dev.drydock.policy.RulePack;
import dev.drydock.policy.Weighing;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConfigurationReaderTest {

  @Test
  void aPresetIsNamed() {
    assertThat(read("preset: strict\n").preset()).isEqualTo(Preset.STRICT);
  }

  @Test
  void withoutOneTheRulesSpeakForThemselves() {
    assertThat(read("").preset()).isEqualTo(Preset.RECOMMENDED);
  }

  @Test
  void anUnknownPresetIsRefused() {
    assertThatThrownBy(() -> read("preset: strickt\n"))
        .isInstanceOf(PolicyException.class)
        .hasMessage(
            ".drydock.yml:1:9: `preset` is `strickt`; there are `recommended`, `strict`, `all`");
  }

  @Test
  void theSizesOfTablesHaveAFileAndTwoThresholds() {
    assertThat(
            read("""
                    table-sizes:
                      file: db/sizes.json
                      small: {rows: 500, bytes: 64KB}
                      large: {rows: 2_000_000}
                    """)
                .sizes())
        .isEqualTo(
            new Configuration.Sizes(
                Path.of("db/sizes.json"),
                true,
                new Weighing(
                    new TableSizes.Size(500, 64 << 10), new TableSizes.Size(2_000_000, 1L << 30))));
    assertThat(read("table-sizes: {small: {rows: 1}}\n").sizes().named()).isFalse();
  }

  @Test
  void sizesThatCannotBeAreRefused() {
    assertRefused(
        "table-sizes: sizes.json\n", "1:14: `table-sizes` is a mapping of keys to values");
    assertRefused(
        "table-sizes: {fiel: x}\n",
        "1:15: `table-sizes` has no key `fiel`; there are `file`, `small`, `large`");
    assertRefused(
        "table-sizes: {file: ../sizes.json}\n", "1:21: `../sizes.json` leads out of the checkout");
    assertRefused(
        "table-sizes: {small: {row: 1}}\n",
        "1:23: `small` has no key `row`; there are `rows`, `bytes`");
    assertRefused(
        "table-sizes: {small: {rows: many}}\n", "1:29: `rows` is a whole number, not `many`");
    assertRefused(
        "table-sizes: {large: {bytes: 5}}\n",
        "1:30: `bytes` is a number and KB, MB or GB, such as `2GB`");
    assertRefused(
        "table-sizes: {small: {rows: 1000000}}\n",
        "1:14: `small` has to be below `large`, in rows (1000000, 1000000) and in bytes (10485760,"
            + " 1073741824)");
  }

  @Test
  void limitsThatNothingCouldKeepAreRefused() {
    assertRefused("limits: {statement: 0s}\n", "1:21: `statement` is at least 1s, not `0s`");
    assertRefused(
        "limits: {statement: 99999999999999999999s}\n",
        "1:21: `statement` is at most 31536000s, not `99999999999999999999s`");
    assertRefused(
        "limits: {run: 9223372036854775807h}\n",
        "1:15: `run` is at most 8760h, not `9223372036854775807h`");
    assertRefused("limits: {disk: 0MB}\n", "1:16: `disk` is at least 1MB, not `0MB`");
    assertRefused(
        "limits: {file: 17179869184GB}\n",
        "1:16: `file` is at most 8589934591GB, not `17179869184GB`");
    assertRefused(
        "table-sizes: {large: {bytes: 99999999999999999999KB}}\n",
        "1:30: `bytes` is at most 9007199254740991KB, not `99999999999999999999KB`");
    assertThat(read("limits: {statement: 500ms, run: 8760h, disk: 3GB, file: 8KB}\n").limits())
        .isEqualTo(
            new Configuration.Limits(
                Duration.ofMillis(500), Duration.ofDays(365), 3L << 30, 8L << 10));
  }

  @Test
  void noTableHasToBeSmall() {
    assertThat(read("table-sizes: {small: {rows: 0, bytes: 0KB}}\n").sizes().weighing().small())
        .isEqualTo(new TableSizes.Size(0, 0));
  }

  @Test
  void aVersionThatIsNoneIsRefused() {
    assertRefused(
        "engine: postgresql@99999999999\n",
        "1:9: `engine` is `postgresql`, or `postgresql@` and a major version, not"
            + " `postgresql@99999999999`");
  }

  @Test
  void anAliasIsRefusedWhereItStands() {
    String message = ": an alias (`*name`) is not followed: write out what it stands for";
    assertRefused("placeholders:\n  app: &a x\n  b: *a\n", "3:6" + message);
    assertRefused("directories: [&a a, *a]\n", "1:21" + message);
    assertRefused("stand-ins: &all {a: b}\nplaceholders:\n  <<: *all\n", "3:7" + message);
    assertThat(read("placeholders: {a: '*b', b: x * y, c: \"*d\"}\n").placeholders())
        .containsEntry("a", "*b")
        .containsEntry("b", "x * y")
        .containsEntry("c", "*d");
  }

  @Test
  void aNumberThatIsTooLargeForAnOptionIsRefused() {
    assertRefused(
        "options:\n  long-name:\n    most: 12345678901234567890\n",
        "3:11: the number 12345678901234567890 is too large");
  }

  @Test
  void aTimeZoneIsARegionOrAnOffsetOfMinutes() {
    assertThat(read("time-zone: Europe/Berlin\n").timeZone().getId()).isEqualTo("Europe/Berlin");
    assertThat(read("time-zone: +05:30\n").timeZone().getId()).isEqualTo("+05:30");
    for (String zone : new String[] {"+02:00:30", "GMT-02:00:30", "Nowhere", "'; drop"}) {
      assertThatThrownBy(() -> read("time-zone: \"" + zone + "\"\n"))
          .hasMessage(
              ".drydock.yml:1:12: `time-zone` is the name of a time zone such as `UTC` or"
                  + " `Europe/Berlin`, or hours and minutes such as `+02:00`, not `"
                  + zone
                  + "`");
    }
  }

  private static void assertRefused(String text, String message) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(PolicyException.class)
        .hasMessage(".drydock.yml:" + message);
  }

  private static Configuration read(String text) {
    return ConfigurationReader.read(".drydock.yml", text);
  }

  @Test
  void anOptionIsOfTheTypeOfItsDefault() {
    assertRefusedWithRules(
        "options:\n  missing-standard-column:\n    columns: created_at\n",
        ".drydock.yml:3:14: the option `columns` of missing-standard-column is a list of texts, such as"
            + " `[created_at]`");
    assertRefusedWithRules(
        "options:\n  missing-comment:\n    columns: 5\n",
        ".drydock.yml:3:14: the option `columns` of missing-comment is true or false, such as `true`");
  }

  @Test
  void aPatternThatIsNoneIsNamedBeforeAnythingRuns() {
    assertRefusedWithRules(
        "options:\n  unconventional-name:\n    table: '^[a-z'\n",
        ".drydock.yml:3:12: the option `table` of unconventional-name is a regular expression (RE2), and"
            + " `^[a-z` is none: missing closing ]");
  }

  private static void assertRefusedWithRules(String text, String message) {
    assertThatThrownBy(
            () -> ConfigurationReader.checkRules(".drydock.yml", text, RulePack.builtIn()))
        .isInstanceOf(PolicyException.class)
        .hasMessage(message);
  }
}
