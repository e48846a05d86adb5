package io.quaestor.benchmarks.load.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ClientLoopTest {

  private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

  private record Numbered(int number) implements ClientLoop.Exchange {
    @Override
    public byte[] request() {
      return "GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    }
  }

  /** Hands out a number of requests and keeps what becomes of them. */
  private static final class Requests implements ClientLoop.Source<Numbered> {
    private final int count;
    private int handedOut;
    private final List<Integer> answered = new ArrayList<>();
    private final List<String> lost = new ArrayList<>();

    Requests(int count) {
      this.count = count;
    }

    @Override
    public @Nullable Numbered next() {
      return handedOut == count ? null : new Numbered(handedOut++);
    }

    @Override
    public void answered(Numbered exchange, Response response, long nanos) {
      assertThat(response.text()).isEqualTo("ok");
      answered.add(exchange.number());
    }

    @Override
    public void lost(Numbered exchange, String why) {
      lost.add(why);
    }

    @Override
    public void tick() {}
  }

  @Test
  void sendsEveryRequestOnceOverAllConnections() throws Exception {
    Requests requests = new Requests(1_000);
    try (Server server = new Server(call -> ANSWER)) {

      new ClientLoop<>(server.address(), requests, 10_000).run(8);

      assertThat(server.connections.get()).isEqualTo(8);
    }
    assertThat(requests.answered).hasSize(1_000).doesNotHaveDuplicates();
    assertThat(requests.lost).isEmpty();
  }

  @Test
  void reportsWhatWasUnderWayWhenAConnectionBreaks() throws Exception {
    Requests requests = new Requests(100);
    try (Server server = new Server(call -> call == 10 ? ANSWER.substring(0, 30) : ANSWER)) {

      new ClientLoop<>(server.address(), requests, 10_000).run(1);
    }

    assertThat(requests.lost).containsExactly("the server closed the connection inside a response");
    assertThat(requests.answered).hasSize(99);
  }

  @Test
  void takesNoBytesThatAnswerNothing() throws Exception {
    Requests requests = new Requests(3);
    try (Server server = new Server(call -> call == 2 ? ANSWER + "HTTP/1.1 200 OK" : ANSWER)) {

      new ClientLoop<>(server.address(), requests, 10_000).run(1);
    }

    assertThat(requests.lost).containsExactly("there are bytes that answer no request");
  }

  @Test
  void givesUpARequestThatIsNotAnsweredInTime() throws Exception {
    Requests requests = new Requests(3);
    try (Server server = new Server(call -> call == 2 ? "" : ANSWER)) {

      new ClientLoop<>(server.address(), requests, 100).run(1);
    }

    assertThat(requests.lost).containsExactly("no answer in time");
    assertThat(requests.answered).containsExactly(0, 2);
  }

  @Test
  void opensAnotherConnectionWhenTheServerClosesOne() throws Exception {
    Requests requests = new Requests(3);
    String closing = "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok";
    try (Server server = new Server(call -> call == 2 ? closing : ANSWER)) {

      new ClientLoop<>(server.address(), requests, 10_000).run(1);

      assertThat(server.connections.get()).isEqualTo(2);
    }
    assertThat(requests.lost).isEmpty();
    assertThat(requests.answered).hasSize(3);
  }

  /** Answers by the number of the call, over all connections; half an answer ends a connection. */
  private static final class Server implements AutoCloseable {
    private final ServerSocket listening;
    private final IntFunction<String> answers;
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();

    Server(IntFunction<String> answers) throws IOException {
      this.answers = answers;
      listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
      Thread.ofVirtual().start(this::accept);
    }

    InetSocketAddress address() {
      return new InetSocketAddress(listening.getInetAddress(), listening.getLocalPort());
    }

    private void accept() {
      try {
        while (true) {
          Socket socket = listening.accept();
          connections.incrementAndGet();
          Thread.ofVirtual().start(() -> serve(socket));
        }
      } catch (IOException e) {
        // closed at the end of the test
      }
    }

    private void serve(Socket socket) {
      try (socket) {
        InputStream in = socket.getInputStream();
        StringBuilder head = new StringBuilder();
        int b;
        while ((b = in.read()) >= 0) {
          head.append((char) b);
          if (head.toString().endsWith("\r\n\r\n")) {
            head.setLength(0);
            String answer = answers.apply(calls.incrementAndGet());
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
            if (!answer.isEmpty() && !answer.contains("ok")) {
              return;
            }
          }
        }
      } catch (IOException e) {
        // the client is gone
      }
    }

    @Override
    public void close() throws IOException {
      listening.close();
    }
  }
}
