package unlearn4j.data;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import org.apache.commons.codec.digest.DigestUtils;
import unlearn4j.core.Progress;
import unlearn4j.core.Screen;

/** Reads the files of a listing, each once: its hash and its picture. */
final class ListedReader {
    private static final long LARGEST_FILE = 1L << 28;

    private ListedReader() {}

    /**
     * Reads a data set.
     *
     * @throws DataException if a file can't be read and none is left out, or if the pictures are not of one shape
     * @throws CancellationException if the thread is interrupted
     */
    static Dataset read(Listing listing, ReadingConfig config) {
        List<Listing.Entry> files = listing.files();
        BadFiles bad = listing.bad();
        int all = files.size() + bad.count();
        boolean[] test = test(listing, config);
        Gathering gathering = new Gathering(listing.name(), listing.labelNames(), config, test);
        Fingerprint fingerprint = new Fingerprint();
        try (Progress progress = Screen.current().progress("reading " + listing.name(), files.size(), "images")) {
            for (int i = 0; i < files.size(); i++) {
                Listing.Entry file = files.get(i);
                checkInterrupted(listing);
                try {
                    byte[] bytes = bytes(file.path());
                    gathering.add(file.name(), PictureReader.read(bytes), file.label(), test[i]);
                    fingerprint.add(
                            file.name(),
                            listing.labelNames().get(file.label()),
                            file.test(),
                            DigestUtils.sha256Hex(bytes));
                } catch (IOException e) {
                    checkInterrupted(listing);
                    bad.add(file.name(), e);
                }
                progress.done(i + 1);
            }
        }
        bad.settle(listing.name(), all, config.leavesOut());
        SortedMap<String, String> sha256 = new TreeMap<>();
        sha256.put(listing.name(), fingerprint.hex());
        return gathering.dataset(sha256);
    }

    private static boolean[] test(Listing listing, ReadingConfig config) {
        List<Listing.Entry> files = listing.files();
        boolean[] test = new boolean[files.size()];
        if (!listing.hasTest()) {
            int[] labels = files.stream().mapToInt(Listing.Entry::label).toArray();
            return TestShare.of(labels, listing.labelNames().size(), config.testShare(), config.seed());
        }
        for (int i = 0; i < test.length; i++) {
            test[i] = files.get(i).test();
        }
        return test;
    }

    private static byte[] bytes(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException(Files.exists(file) ? "it is no file" : "it is not there");
        }
        if (Files.size(file) > LARGEST_FILE) {
            throw new IOException("it has more than " + (LARGEST_FILE >> 20) + " MB");
        }
        return Files.readAllBytes(file);
    }

    private static void checkInterrupted(Listing listing) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("reading " + listing.name() + " was interrupted: call again to read it");
        }
    }
}
