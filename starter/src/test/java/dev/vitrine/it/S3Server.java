package dev.vitrine.it;

import dev.vitrine.torture.S3Place;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.TransientNio2BlobStore;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.Part;
import software.amazon.awssdk.services.s3.model.S3Object;

/** S3Proxy in this process, on a free port, with one bucket in memory. */
final class S3Server implements AutoCloseable {

  private static final String BUCKET = "images";
  private static final String KEY_ID = "key-id";
  private static final String SECRET = "key-secret";

  private final HoldingBlobStore blobs = new HoldingBlobStore(new TransientNio2BlobStore());
  private final S3Proxy server;
  private final S3Client client;

  S3Server() throws Exception {
    server =
        S3Proxy.builder()
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.AWS_V2_OR_V4, KEY_ID, SECRET)
            .blobStore(blobs)
            .build();
    server.start();
    client =
        S3Client.builder()
            .endpointOverride(URI.create(endpoint()))
            .region(Region.US_EAST_1)
            .forcePathStyle(true)
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create(KEY_ID, SECRET)))
            .build();
    client.createBucket(request -> request.bucket(BUCKET));
  }

  /** The bucket, for a run of {@code vitrine torture}. */
  S3Place place() {
    return new S3Place(URI.create(endpoint()), BUCKET, KEY_ID, SECRET);
  }

  private String endpoint() {
    return "http://127.0.0.1:" + server.getPort();
  }

  /** The settings of a store of that name in the bucket, with the smallest parts there may be. */
  String store(String name) {
    return "{name: %s, type: s3, bucket: %s, prefix: vitrine, endpoint: '%s', part-size: 5MiB}"
        .formatted(name, BUCKET, endpoint());
  }

  /** Where Amazon's tools look for them. */
  Map<String, String> credentials() {
    return Map.of("AWS_ACCESS_KEY_ID", KEY_ID, "AWS_SECRET_ACCESS_KEY", SECRET);
  }

  /** What it keeps them in, which can be made to wait. */
  HoldingBlobStore blobs() {
    return blobs;
  }

  List<S3Object> objects() {
    return client.listObjectsV2(request -> request.bucket(BUCKET)).contents();
  }

  byte[] read(String name) {
    return client.getObjectAsBytes(request -> request.bucket(BUCKET).key(name)).asByteArray();
  }

  /** Those that have neither become an object nor been given up. */
  List<MultipartUpload> uploads() {
    return client.listMultipartUploads(request -> request.bucket(BUCKET)).uploads();
  }

  List<Part> parts(MultipartUpload upload) {
    return client
        .listParts(request -> request.bucket(BUCKET).key(upload.key()).uploadId(upload.uploadId()))
        .parts();
  }

  @Override
  public void close() {
    blobs.release();
    client.close();
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException("S3Proxy does not stop", e);
    }
  }
}
