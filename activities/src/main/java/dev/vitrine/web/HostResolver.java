package dev.vitrine.web;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Finds the addresses of a host. May block. */
@FunctionalInterface
public interface HostResolver {

  /** The machine's own. */
  HostResolver SYSTEM = InetAddress::getAllByName;

  /**
   * @param host a name, or an address as text
   * @return one address at least, the preferred one first
   */
  InetAddress[] addresses(String host) throws UnknownHostException;
}
