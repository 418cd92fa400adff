package dev.drydock.sql;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A connection to a PostgreSQL server that trusts us. It speaks the protocol itself, because a
 * driver would split and rewrite what it is given.
 */
final class PostgresWire implements AutoCloseable {
  private static final int PROTOCOL = 3 << 16;

  private final Socket socket;
  private final DataInputStream in;
  private final DataOutputStream out;

  private PostgresWire(Socket socket) throws IOException {
    this.socket = socket;
    this.in = new DataInputStream(socket.getInputStream());
    this.out = new DataOutputStream(socket.getOutputStream());
  }

  /** Opens a connection to the database {@code postgres}, as the user of that name. */
  static PostgresWire open(String host, int port) throws IOException {
    Socket socket = new Socket(host, port);
    // Small messages in a row: held back, each would take 40 ms.
    socket.setTcpNoDelay(true);
    PostgresWire wire = new PostgresWire(socket);
    ByteArrayOutputStream startup = new ByteArrayOutputStream();
    DataOutputStream body = new DataOutputStream(startup);
    body.writeInt(PROTOCOL);
    for (String word : new String[] {"user", "postgres", "database", "postgres"}) {
      write(body, word);
    }
    body.writeByte(0);
    wire.out.writeInt(startup.size() + Integer.BYTES);
    startup.writeTo(wire.out);
    wire.out.flush();
    Optional<String> refused = wire.untilReady();
    if (refused.isPresent()) {
      throw new IOException("the server refuses the connection: " + refused.get());
    }
    return wire;
  }

  /** Sends {@code sql} as one simple query; the SQLSTATE of the error, if there is one. */
  Optional<String> query(String sql) throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    write(new DataOutputStream(message), sql);
    send('Q', message);
    return untilReady();
  }

  /** Has {@code sql} parsed as one prepared statement, which is not run. */
  Optional<String> parse(String sql) throws IOException {
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    DataOutputStream body = new DataOutputStream(message);
    write(body, "");
    write(body, sql);
    body.writeShort(0);
    send('P', message);
    send('S', new ByteArrayOutputStream());
    return untilReady();
  }

  private static void write(DataOutputStream body, String text) throws IOException {
    body.write(text.getBytes(StandardCharsets.UTF_8));
    body.writeByte(0);
  }

  private void send(char type, ByteArrayOutputStream body) throws IOException {
    out.writeByte(type);
    out.writeInt(body.size() + Integer.BYTES);
    body.writeTo(out);
    out.flush();
  }

  private Optional<String> untilReady() throws IOException {
    Optional<String> error = Optional.empty();
    while (true) {
      int type = in.readUnsignedByte();
      byte[] body = in.readNBytes(in.readInt() - Integer.BYTES);
      if (type == 'Z') {
        return error;
      }
      if (type == 'E') {
        error = error.or(() -> Optional.of(sqlState(body)));
      }
    }
  }

  /** An error is a list of fields, each a letter and a text that ends in a zero. */
  private static String sqlState(byte[] body) {
    for (String field : new String(body, StandardCharsets.UTF_8).split("\0")) {
      if (field.startsWith("C")) {
        return field.substring(1);
      }
    }
    return "";
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
