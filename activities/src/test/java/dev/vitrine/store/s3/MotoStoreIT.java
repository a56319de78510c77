package dev.vitrine.store.s3;

import dev.vitrine.store.CapableStoreContract;
import dev.vitrine.store.SupportsResume;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The store on moto, a second opinion of what S3 is. */
final class MotoStoreIT extends CapableStoreContract {

  private static final int PART = (int) S3StoreConfig.LEAST_PART;

  private static MotoServer server;
  private static S3Store store;

  @BeforeAll
  static void start() throws Exception {
    server = new MotoServer();
    store = new S3Store(S3Server.config(server.endpoint(), PART), server.client(), PART);
  }

  @AfterAll
  static void stop() {
    if (store != null) {
      store.close();
      server.close();
    }
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
