package io.quaestor.benchmarks.load.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a number of connections busy from one thread: each sends its next request when the answer
 * to the last one is complete (closed loop, no pipelining).
 *
 * <p>One selector and no hand-over between threads: what the client costs is parsing and its system
 * calls. All calls of {@link Source} come from the thread that runs the loop.
 *
 * @param <E> what is sent and answered
 */
public final class ClientLoop<E extends ClientLoop.Exchange> {

  /** One request on its way. */
  public interface Exchange {
    byte[] request();
  }

  /** Where requests come from and answers go to. */
  public interface Source<E> {

    /** The next request, or null when there will be none any more. */
    @Nullable E next();

    void answered(E exchange, Response response, long nanos);

    /** It is not known what became of it. */
    void lost(E exchange, String why);

    /** Called every second. */
    void tick();
  }

  private static final long TICK_MILLIS = 1_000;
  private static final int READ_BYTES = 256 * 1024;
  private static final int FAILED_MAX = 1_000;

  private final InetSocketAddress server;
  private final Source<E> source;
  private final long answerNanosMax;
  private final ByteBuffer in = ByteBuffer.allocateDirect(READ_BYTES);
  private final List<Connection> connections = new ArrayList<>();
  private int open;
  private int failed;
  private @Nullable IOException failure;

  /**
   * @param answerMillisMax an exchange that takes longer is lost
   */
  public ClientLoop(InetSocketAddress server, Source<E> source, long answerMillisMax) {
    this.server = server;
    this.source = source;
    this.answerNanosMax = TimeUnit.MILLISECONDS.toNanos(answerMillisMax);
  }

  private final class Connection {
    private final SelectionKey key;
    private final SocketChannel channel;
    private final ResponseReader reader = new ResponseReader();
    private @Nullable ByteBuffer out;
    private @Nullable E exchange;
    private long sentNanos;

    Connection(Selector selector) throws IOException {
      channel = SocketChannel.open();
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.connect(server);
      channel.configureBlocking(false);
      key = channel.register(selector, SelectionKey.OP_READ, this);
    }

    void sendNext() throws IOException {
      E next = source.next();
      exchange = next;
      if (next == null) {
        close();
        return;
      }
      out = ByteBuffer.wrap(next.request());
      sentNanos = System.nanoTime();
      write();
    }

    void write() throws IOException {
      ByteBuffer rest = out;
      if (rest != null) {
        channel.write(rest);
        boolean done = !rest.hasRemaining();
        out = done ? null : rest;
        int wanted = done ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE;
        if (key.interestOps() != wanted) {
          key.interestOps(wanted);
        }
      }
    }

    void read() throws IOException {
      in.clear();
      if (channel.read(in) < 0) {
        throw new IOException(
            reader.isInside()
                ? "the server closed the connection inside a response"
                : "the server closed the connection without an answer");
      }
      in.flip();
      Response response = reader.read(in);
      if (response != null) {
        E answered = exchange;
        if (answered == null || out != null || in.hasRemaining()) {
          throw new MalformedResponse("there are bytes that answer no request");
        }
        exchange = null;
        source.answered(answered, response, System.nanoTime() - sentNanos);
        if (response.closes()) {
          throw new IOException("the server closes the connection");
        }
        sendNext();
      }
    }

    boolean isLate(long now) {
      return exchange != null && now - sentNanos > answerNanosMax;
    }

    void close() throws IOException {
      key.cancel();
      channel.close();
      open--;
    }
  }

  /**
   * Runs until the source has no further request and every answer has come.
   *
   * @throws IOException when the server does not take connections (any more)
   */
  public void run(int count) throws IOException {
    try (Selector selector = Selector.open()) {
      try {
        for (int i = 0; i < count; i++) {
          connect(selector);
        }
        for (Connection connection : List.copyOf(connections)) {
          step(selector, connection, Connection::sendNext);
        }
        loop(selector);
      } finally {
        for (Connection connection : connections) {
          connection.channel.close();
        }
      }
    }
  }

  private void loop(Selector selector) throws IOException {
    long ticked = System.nanoTime();
    while (open > 0) {
      selector.select(key -> handle(selector, connection(key)), TICK_MILLIS);
      if (failure != null) {
        throw failure;
      }
      long now = System.nanoTime();
      if (now - ticked >= TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS)) {
        ticked = now;
        source.tick();
        for (Connection connection : List.copyOf(connections)) {
          if (connection.isLate(now)) {
            replace(selector, connection, "no answer in time");
          }
        }
      }
    }
  }

  // ---- connections -----------------------------------------------------------------------------

  private interface Step<C> {
    void run(C connection) throws IOException;
  }

  private void connect(Selector selector) throws IOException {
    connections.add(new Connection(selector));
    open++;
  }

  @SuppressWarnings("unchecked")
  private Connection connection(SelectionKey key) {
    return (Connection) key.attachment();
  }

  private void handle(Selector selector, Connection connection) {
    try {
      step(
          selector,
          connection,
          it -> {
            if (it.key.isValid() && it.key.isWritable()) {
              it.write();
            }
            if (it.key.isValid() && it.key.isReadable()) {
              it.read();
            }
          });
    } catch (IOException e) {
      failure = e;
    }
  }

  private void step(Selector selector, Connection connection, Step<Connection> step)
      throws IOException {
    try {
      step.run(connection);
    } catch (IOException e) {
      replace(selector, connection, String.valueOf(e.getMessage()));
    }
  }

  /** A connection that failed is closed, what it carried is lost, and another takes its place. */
  private void replace(Selector selector, Connection broken, String why) throws IOException {
    broken.close();
    connections.remove(broken);
    E lost = broken.exchange;
    if (lost != null) {
      source.lost(lost, why);
      failed++;
      if (failed == FAILED_MAX) {
        throw new IOException("%d connections failed; the last: %s".formatted(failed, why));
      }
    }
    connect(selector);
    step(selector, connections.getLast(), Connection::sendNext);
  }
}
