package dev.vitrine.auth;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/** The head of a request, written out. */
final class Head implements RequestHead {

  private record Line(String name, String value) {}

  private final List<Line> lines = new ArrayList<>();
  private InetAddress peer = InetAddress.getLoopbackAddress();

  static Head withToken(String token) {
    return new Head().with("X-Auth-Token", token);
  }

  Head with(String name, String value) {
    lines.add(new Line(name, value));
    return this;
  }

  Head from(String address) {
    try {
      peer = InetAddress.getByName(address);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
    return this;
  }

  @Override
  public List<String> headers(String name) {
    return lines.stream()
        .filter(line -> line.name().equalsIgnoreCase(name))
        .map(Line::value)
        .toList();
  }

  @Override
  public InetAddress peer() {
    return peer;
  }
}
