package dev.vitrine.store.s3;

import dev.vitrine.store.CapableStoreContract;
import dev.vitrine.store.SupportsResume;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The store on S3Proxy, in this process. */
final class S3StoreIT extends CapableStoreContract {

  private static final int PART = (int) S3StoreConfig.LEAST_PART;

  private static S3Server server;
  private static S3Store store;

  @BeforeAll
  static void start() throws Exception {
    server = new S3Server();
    store = new S3Store(S3Server.config(server.endpoint(), PART), server.client(), PART);
  }

  @AfterAll
  static void stop() {
    store.close();
    server.close();
  }

  @Override
  protected SupportsResume store() {
    return store;
  }

  @Override
  protected SupportsResume another() {
    return new S3Store(S3Server.config(server.endpoint(), PART), server.client());
  }

  @Override
  protected int part() {
    return PART;
  }
}
