package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code time-zone} says is the time of the migrating session. */
@Timeout(300)
class TimeZoneTest extends InDirectory {
  @ParameterizedTest
  @CsvSource({
    "UTC, 12:00",
    "Z, 12:00",
    "UTC+3, 15:00",
    "GMT-04:30, 07:30",
    "+05:30, 17:30",
    "-18:00, 18:00",
    "Etc/GMT+3, 09:00",
    "Asia/Kolkata, 17:30"
  })
  void anHourEastOfGreenwichIsOneMore(String zone, String noon) {
    write(".drydock.yml", "time-zone: " + zone + "\n");
    write("V1__shop.sql", SHOP);
    write(
        "V2__noon.sql",
        """
        do $$ begin
          if to_char(timestamptz '2026-01-01 12:00Z', 'HH24:MI') <> '%s' then
            raise exception 'it is %%', to_char(timestamptz '2026-01-01 12:00Z', 'HH24:MI');
          end if;
        end $$;
        """
            .formatted(noon));

    CommandLineRun run = lint("V2__noon.sql", "V1__shop.sql");

    assertThat(run.out()).as(run.err()).doesNotContain("migration-fails");
    assertThat(run.status()).as(run.err()).isZero();
  }
}
