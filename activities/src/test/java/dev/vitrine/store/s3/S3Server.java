package dev.vitrine.store.s3;

import java.net.URI;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** S3Proxy in this process, on a free port, with its objects in memory. */
final class S3Server implements AutoCloseable {

  static final String BUCKET = "images";

  static final String KEY_ID = "key-id";
  static final String SECRET = "key-secret";

  private final S3Proxy server;

  S3Server() throws Exception {
    server =
        S3Proxy.builder()
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, KEY_ID, SECRET)
            .blobStore(new TransientNio2BlobStore())
            .build();
    server.start();
    try (S3Client client = client(endpoint(), KEY_ID, SECRET)) {
      client.createBucket(request -> request.bucket(BUCKET));
    }
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getPort());
  }

  S3Client client() {
    return client(endpoint(), KEY_ID, SECRET);
  }

  /** With credentials of its own, so that it needs nothing of the environment. */
  static S3Client client(URI endpoint, String id, String secret) {
    return S3Client.builder()
        .endpointOverride(endpoint)
        .region(Region.US_EAST_1)
        .forcePathStyle(true)
        .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create(id, secret)))
        .build();
  }

  static S3StoreConfig config(URI endpoint, long partSize) {
    return new S3StoreConfig("cold", BUCKET, "vitrine/", null, endpoint, true, partSize, null);
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("S3Proxy does not stop", e);
    }
  }
}
