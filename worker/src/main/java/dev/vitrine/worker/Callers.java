package dev.vitrine.worker;

import dev.vitrine.access.Requester;
import dev.vitrine.auth.Authenticator;
import dev.vitrine.auth.RequestHead;
import dev.vitrine.error.VitrineException.Unauthenticated;
import dev.vitrine.http.CallerCheck;
import dev.vitrine.http.HttpProblem;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.server.Request;

/** Who calls the API, asked of an authenticator; who is not known is told how to become so. */
record Callers(Authenticator authenticator) implements CallerCheck {

  @Override
  public Requester check(Request request) {
    try {
      return authenticator.authenticate(new Head(request)).requester();
    } catch (Unauthenticated unknown) {
      throw new HttpProblem(
          401,
          String.valueOf(unknown.getMessage()),
          authenticator
              .challenge()
              .map(challenge -> Map.of("WWW-Authenticate", challenge))
              .orElse(Map.of()));
    }
  }

  private record Head(Request request) implements RequestHead {

    @Override
    public List<String> headers(String name) {
      return request.getHeaders().getValuesList(name);
    }

    /** Of the connection itself: what proxies say in headers has no part in it. */
    @Override
    public InetAddress peer() {
      if (request.getConnectionMetaData().getConnection().getEndPoint().getRemoteSocketAddress()
          instanceof InetSocketAddress peer) {
        return peer.getAddress();
      }
      throw new Unauthenticated("the connection has ended");
    }
  }
}
