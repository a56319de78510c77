package dev.vitrine.transfer;

import dev.vitrine.access.Requester;
import dev.vitrine.activity.Source;
import dev.vitrine.activity.TransferRequest;
import dev.vitrine.conversion.Conversion;
import dev.vitrine.decompression.Decompression;
import dev.vitrine.image.ExpectedData;
import dev.vitrine.image.Image;
import dev.vitrine.image.ImageStatus;
import dev.vitrine.registry.HiddenQueries;
import dev.vitrine.registry.ImageLookup;
import dev.vitrine.registry.SourceQueries;
import dev.vitrine.signature.DataSignature;
import dev.vitrine.source.FileSource;
import dev.vitrine.source.HeldStreams;
import dev.vitrine.source.ImageSource;
import dev.vitrine.source.OpenSource;
import dev.vitrine.source.RegionSource;
import dev.vitrine.source.ResumePoint;
import dev.vitrine.source.Waiting;
import dev.vitrine.source.WebSource;
import dev.vitrine.transfer.TransferAttempt.Opener;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Where the data of transfers comes from. Safe for use by many threads. */
final class Origins {

  /**
   * Where an attempt's data comes from.
   *
   * @param expected all that was declared of the data, by anyone
   * @param resumable whether it can be read from the middle
   */
  record Origin(List<ExpectedData> expected, Opener opener, boolean resumable) {

    /** What some of the stores have already is read from there. */
    Origin orFrom(FanOutTarget target) {
      Opener nearest =
          from -> {
            Optional<OpenSource> published = target.readFrom(from.offset());
            return published.isPresent() ? published.get() : opener.open(from);
          };
      return new Origin(expected, nearest, resumable);
    }
  }

  /** The container format of data that is to stay compressed. */
  private static final String COMPRESSED = "compressed";

  private final ImageLookup lookup;
  private final ImageSource images;
  private final WebSource web;
  private final FileSource files;
  private final SourceQueries queries;
  private final TransferConfig config;
  private final HeldStreams streams;
  private final KeptSources kept;
  private final RegionSource regions;

  /**
   * @param lookup asked for the formats that images were declared to have
   * @param queries asked for the parts of URLs that workflows do not carry
   * @param executor closes what was opened for nothing
   */
  Origins(
      ImageLookup lookup,
      ImageSource images,
      WebSource web,
      SourceQueries queries,
      TransferConfig config,
      HeldStreams streams,
      Executor executor) {
    this.lookup = lookup;
    this.images = images;
    this.web = web;
    this.files = new FileSource(config.sources());
    this.queries = queries;
    this.config = config;
    this.streams = streams;
    this.regions = new RegionSource(config.sources(), hidden());
    this.kept = new KeptSources(executor);
  }

  /**
   * @param request wherever its data goes to
   * @param opened the source, if somebody has opened it already
   */
  Origin of(TransferRequest request, AttemptProgress attempt, @Nullable OpenSource opened) {
    UUID imageId = request.imageId();
    Source source = request.source();
    ExpectedData declared = request.expected();
    Origin origin = asItIs(imageId, source, declared, request.by(), attempt, opened);
    Decompression decompression = config.decompression();
    if (decompression != null && mayBeCompressed(imageId, source)) {
      origin =
          new Origin(
              List.of(ofDecompressed(source, declared)),
              new DecompressingOpener(origin.opener(), decompression, attempt.watchdog()),
              origin.resumable());
    }
    Conversion conversion = config.conversion();
    String from = conversion == null ? null : toBeConverted(imageId, source, conversion);
    return conversion == null || from == null
        ? origin
        : new Origin(
            List.of(ExpectedData.NONE),
            new ConvertingOpener(
                imageId, origin.opener(), conversion, from, origin.expected().get(0), attempt),
            false);
  }

  /** The disk format of what is to be converted as it is imported; null if it is kept as it is. */
  private @Nullable String toBeConverted(UUID imageId, Source source, Conversion conversion) {
    boolean fresh =
        source instanceof Source.Url
            || source instanceof Source.OfRegion
            || source instanceof Source.HeldStream;
    return fresh
        ? lookup
            .find(imageId)
            .filter(
                image ->
                    image.status().equals(ImageStatus.UPLOADING)
                        || image.status().equals(ImageStatus.IMPORTING))
            .filter(image -> StoreTarget.BARE.equals(image.containerFormat()))
            // What somebody has signed is kept as they have.
            .filter(image -> !image.properties().containsKey(DataSignature.BYTES))
            .map(Image::diskFormat)
            .filter(conversion::converts)
            .orElse(null)
        : null;
  }

  /** Of what is imported: fetched, or staged; as in the reference, no container that says it is. */
  private boolean mayBeCompressed(UUID imageId, Source source) {
    Optional<Image> image = lookup.find(imageId);
    boolean imported =
        source instanceof Source.Url
            || image.map(Image::status).equals(Optional.of(ImageStatus.UPLOADING));
    return imported && image.filter(each -> COMPRESSED.equals(each.containerFormat())).isEmpty();
  }

  /** A client says how much it sends, and anybody else how much is to be stored. */
  private static ExpectedData ofDecompressed(Source source, ExpectedData declared) {
    return source instanceof Source.HeldStream
        ? new ExpectedData(null, declared.checksum(), declared.sha512())
        : declared;
  }

  /** The same of data that stays compressed if it is. */
  Origin asItIs(TransferRequest request, AttemptProgress attempt) {
    return asItIs(
        request.imageId(), request.source(), request.expected(), request.by(), attempt, null);
  }

  private Origin asItIs(
      UUID imageId,
      Source source,
      ExpectedData declared,
      Requester by,
      AttemptProgress attempt,
      @Nullable OpenSource opened) {
    if (source instanceof Source.OfImage copied) {
      Image image = images.require(copied.imageId(), by, "copy");
      return new Origin(
          List.of(declared, ImageSource.recorded(image)),
          from -> images.open(image, from, attempt.watchdog()),
          true);
    }
    if (source instanceof Source.OfLocation copy) {
      return new Origin(
          List.of(declared, images.measured(copy)), from -> images.open(copy, from), true);
    }
    List<ExpectedData> expected = List.of(declared);
    if (source instanceof Source.OfRegion remote) {
      return new Origin(expected, from -> regions.open(remote, from, attempt.watchdog()), true);
    }
    if (source instanceof Source.HeldStream held) {
      return new Origin(expected, from -> held(held), false);
    }
    if (opened != null) {
      return new Origin(expected, from -> opened, true);
    }
    Source.Url url = (Source.Url) source;
    return new Origin(
        expected,
        from -> {
          OpenSource ready = kept.take(imageId, from);
          return ready == null ? open(url, from, attempt.watchdog()) : ready;
        },
        true);
  }

  private OpenSource open(Source.Url url, ResumePoint from, Waiting waiting)
      throws InterruptedException {
    return url.isWeb()
        ? web.open(complete(url), url.display(), from, waiting)
        : files.open(url.url(), url.display(), from);
  }

  /**
   * Opens a source from its start, with one try.
   *
   * @param waiting ends the waiting
   */
  OpenSource open(Source.Url url, Waiting waiting) throws InterruptedException {
    return url.isWeb()
        ? web.openOnce(complete(url), url.display(), ResumePoint.START, waiting)
        : files.open(url.url(), url.display(), ResumePoint.START);
  }

  /**
   * Keeps a source that was opened for an image's transfer that is about to begin, so that it is
   * asked once. What nobody takes within some seconds, because another process does it, is closed.
   */
  void keep(UUID imageId, OpenSource opened) {
    kept.keep(imageId, opened);
  }

  /** With its query string, which nobody else gets to see. */
  private String complete(Source.Url url) {
    return url.query() == null
        ? url.url()
        : url.url() + "?" + hidden().reveal(url.url(), url.query());
  }

  private HiddenQueries hidden() {
    return new HiddenQueries(queries, config.sources().key());
  }

  /** Asks another region what its image is. */
  RegionSource.Described describe(Source.OfRegion source) throws InterruptedException {
    return regions.describe(source, Waiting.UNWATCHED);
  }

  /** Named for the client that sends it, which doesn't know this process. */
  private OpenSource held(Source.HeldStream source) {
    HeldStreams.Held held = streams.take(source.handle());
    return new OpenSource("the uploaded stream", held.stream(), 0, held.size(), null, false);
  }
}
