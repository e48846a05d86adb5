package io.quaestor.benchmarks.load.client;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;

/** One connection for one call after the other: what is set up before a run and asked after it. */
public final class SingleCalls implements AutoCloseable {

  private static final int ANSWER_MILLIS_MAX = 60_000;

  private final Socket socket = new Socket();
  private final ResponseReader reader = new ResponseReader();
  private final byte[] bytes = new byte[64 * 1024];

  public SingleCalls(InetSocketAddress server) throws IOException {
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(ANSWER_MILLIS_MAX);
    socket.connect(server, ANSWER_MILLIS_MAX);
  }

  public Response call(byte[] request) throws IOException {
    socket.getOutputStream().write(request);
    while (true) {
      int count = socket.getInputStream().read(bytes);
      if (count < 0) {
        throw new EOFException("the server closed the connection");
      }
      ByteBuffer in = ByteBuffer.wrap(bytes, 0, count);
      Response response = reader.read(in);
      if (response != null) {
        if (in.hasRemaining()) {
          throw new MalformedResponse("there are bytes behind the response");
        }
        return response;
      }
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
