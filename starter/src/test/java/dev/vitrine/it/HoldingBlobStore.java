package dev.vitrine.it;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.gaul.s3proxy.blobstore.BlobStore;
import org.gaul.s3proxy.blobstore.ForwardingBlobStore;
import org.gaul.s3proxy.blobstore.domain.MultipartUpload;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadRequest;
import software.amazon.awssdk.services.s3.model.CompleteMultipartUploadResponse;

/** Has every part of an upload, and waits with making an object of them. */
final class HoldingBlobStore extends ForwardingBlobStore {

  private final AtomicBoolean next = new AtomicBoolean();
  private final CountDownLatch held = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);

  HoldingBlobStore(BlobStore store) {
    super(store);
  }

  /** The next upload waits, and no other. */
  void holdNext() {
    next.set(true);
  }

  /** Waits until it does. */
  void awaitHeld() throws InterruptedException {
    held.await();
  }

  /** It goes on, if it still can. */
  void release() {
    released.countDown();
  }

  @Override
  public CompleteMultipartUploadResponse completeMultipartUpload(
      MultipartUpload upload, CompleteMultipartUploadRequest request) {
    if (next.getAndSet(false)) {
      held.countDown();
      try {
        released.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    return super.completeMultipartUpload(upload, request);
  }
}
