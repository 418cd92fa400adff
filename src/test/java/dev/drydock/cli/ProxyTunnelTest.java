package dev.drydock.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.drydock.report.Format;
import dev.drydock.report.Report;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The program behind a proxy that asks for a password before it opens a tunnel to GitHub. */
class ProxyTunnelTest extends InDirectory {
  private static final String TOLD =
      "Proxy-Authorization: Basic "
          + Base64.getEncoder().encodeToString("me:s ecret".getBytes(StandardCharsets.UTF_8));

  private final List<String> heads = new CopyOnWriteArrayList<>();

  /** Asks everybody for a password, and takes the right one twice, though it opens no tunnel. */
  private void answer(ServerSocket listening) {
    while (!listening.isClosed()) {
      try (Socket client = listening.accept()) {
        BufferedReader in =
            new BufferedReader(
                new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
        StringBuilder head = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
          head.append(line).append('\n');
        }
        heads.add(head.toString());
        boolean taken = head.indexOf(TOLD) > 0 && times(TOLD) <= 2;
        client
            .getOutputStream()
            .write(
                """
                HTTP/1.1 %s
                Proxy-Authenticate: Basic realm="proxy"
                Connection: close
                Content-Length: 0

                """
                    .formatted(taken ? "502 Bad Gateway" : "407 Proxy Authentication Required")
                    .replace("\n", "\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
      } catch (IOException e) {
        // The test is over, or the program is.
      }
    }
  }

  private long times(String words) {
    return heads.stream().filter(head -> head.contains(words)).count();
  }

  @Test
  @Timeout(60)
  void thePasswordGoesToTheProxyAndIsSaidNowhere() throws Exception {
    Files.writeString(
        directory.resolve("drydock.json"),
        Format.JSON.render(Report.EMPTY, Format.Style.PLAIN),
        StandardCharsets.UTF_8);
    Path event =
        Files.writeString(
            directory.resolve("event.json"),
            "{\"workflow_run\": {\"head_sha\": \"%s\"}}".formatted("a".repeat(40)));
    try (ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> answer(listening));
      String proxy = "127.0.0.1:" + listening.getLocalPort();
      ProcessBuilder program = program("report", "--from", "drydock.json", "--pull-request", "7");
      program.environment().put("https_proxy", "http://me:s%20ecret@" + proxy);
      program.environment().remove("no_proxy");
      program.environment().remove("NO_PROXY");
      program.environment().put("GITHUB_TOKEN", "ghs_neverToBeSeen");
      program.environment().put("GITHUB_API_URL", "https://api.github.test");
      program.environment().put("GITHUB_REPOSITORY", "o/r");
      program.environment().put("GITHUB_EVENT_NAME", "workflow_run");
      program.environment().put("GITHUB_EVENT_PATH", event.toString());
      Process process = program.start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

      assertThat(process.waitFor()).as(said).isEqualTo(3);
      assertThat(heads).allMatch(head -> head.startsWith("CONNECT api.github.test:443 "));
      // Two tries fail for another reason, and at the third it does not take it any more.
      assertThat(times(TOLD)).isEqualTo(4);
      assertThat(said)
          .contains(
              "Pull request 7 cannot be read (the proxy %s does not take the user and password that https_proxy names: correct them there)"
                  .formatted(proxy))
          .doesNotContain("ecret", TOLD.substring(TOLD.lastIndexOf(" ") + 1), "ghs_");
    }
  }
}
