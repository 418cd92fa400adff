package dev.drydock.engine.postgres.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.SocketFactory;

/**
 * Connects the PostgreSQL driver over a unix socket with the JDK alone, so that the server needs no
 * TCP port.
 *
 * <p>The driver makes it by name, with the socket's path as {@code socketFactoryArg}.
 */
public final class UnixSocketFactory extends SocketFactory {
  /** The driver keeps every notice of a statement, and a migration may raise them in a loop. */
  private static final long LONGEST_ANSWER = 64L << 20;

  private final String path;

  /** The server sent more than anything Drydock asks for can need. */
  static final class AnswerTooLong extends IOException {
    private static final long serialVersionUID = 1;

    AnswerTooLong() {
      super("it made the server answer with more than %d MB".formatted(LONGEST_ANSWER >> 20));
    }
  }

  public UnixSocketFactory(String path) {
    this.path = path;
  }

  @Override
  public Socket createSocket() {
    return new UnixSocket(path);
  }

  @Override
  public Socket createSocket(String host, int port) {
    return createSocket();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localAddress, int localPort) {
    return createSocket();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    return createSocket();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress localAddress, int localPort) {
    return createSocket();
  }

  /** As much of {@link Socket} as the driver uses. */
  private static final class UnixSocket extends Socket {
    private final String path;
    private SocketChannel channel;
    private long answered;

    UnixSocket(String path) {
      this.path = path;
    }

    @Override
    public void connect(SocketAddress endpoint) throws IOException {
      channel = SocketChannel.open(UnixDomainSocketAddress.of(path));
    }

    @Override
    public void connect(SocketAddress endpoint, int timeout) throws IOException {
      connect(endpoint);
    }

    @Override
    public InputStream getInputStream() {
      return new InputStream() {
        @Override
        public int read() throws IOException {
          byte[] one = new byte[1];
          return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
          if (answered > LONGEST_ANSWER) {
            throw new AnswerTooLong();
          }
          int count = length == 0 ? 0 : channel.read(ByteBuffer.wrap(bytes, offset, length));
          answered += Math.max(count, 0);
          return count;
        }
      };
    }

    @Override
    public OutputStream getOutputStream() {
      return new OutputStream() {
        @Override
        public void write(int b) throws IOException {
          write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
          answered = 0;
          ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
          while (buffer.hasRemaining()) {
            channel.write(buffer);
          }
        }
      };
    }

    @Override
    public boolean isConnected() {
      return channel != null;
    }

    @Override
    public boolean isClosed() {
      return channel != null && !channel.isOpen();
    }

    @Override
    public void close() throws IOException {
      if (channel != null) {
        channel.close();
      }
    }

    // Options of TCP that the driver sets on every socket and a unix socket does not have.

    @Override
    public void setTcpNoDelay(boolean on) {}

    @Override
    public boolean getTcpNoDelay() {
      return true;
    }

    @Override
    public void setKeepAlive(boolean on) {}

    @Override
    public void setSoTimeout(int timeout) {}

    @Override
    public int getSoTimeout() {
      return 0;
    }

    @Override
    public void setReceiveBufferSize(int size) {}

    @Override
    public int getReceiveBufferSize() {
      return 1 << 16;
    }

    @Override
    public void setSendBufferSize(int size) {}

    @Override
    public int getSendBufferSize() {
      return 1 << 16;
    }

    @Override
    public void shutdownInput() throws IOException {
      channel.shutdownInput();
    }

    @Override
    public void shutdownOutput() throws IOException {
      channel.shutdownOutput();
    }
  }
}
