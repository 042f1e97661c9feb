package unlearn4j.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import unlearn4j.core.Reason;

/**
 * Reads images and labels out of NumPy's arrays, by the names that MedMNIST has, or Keras. Validation images are the test
 * images where there are none called test, and else are not read.
 */
final class ArraysReader {
    private static final List<List<String>> NAMES = List.of(List.of("%s_images", "%s_labels"), List.of("x_%s", "y_%s"));

    private final String source;
    private final ReadingConfig config;
    private final List<LabelledArrays> parts = new ArrayList<>();

    private ArraysReader(Path source, ReadingConfig config) {
        this.source = source.toString();
        this.config = config;
    }

    /** Reads an {@code .npz} file, or a folder of {@code .npy} files. */
    static Dataset read(Path path, ReadingConfig config) {
        ArraysReader reader = new ArraysReader(path, config);
        try {
            NpyFiles files = NpyFiles.of(path);
            reader.part(files, "train")
                    .orElseThrow(() ->
                            new IOException("it has the arrays " + files.files().keySet()
                                    + ", it needs train_images and train_labels, or x_train and y_train"));
            Optional<LabelledArrays> test = reader.part(files, "test");
            if (test.isEmpty()) {
                reader.part(files, "val");
            }
            return reader.dataset(
                    path.toAbsolutePath().normalize().getFileName().toString(),
                    files.files().values().stream().distinct());
        } catch (IOException e) {
            throw reader.refused(e);
        }
    }

    /** Reads a pair of {@code .npy} files. */
    static Dataset read(Path images, Path labels, ReadingConfig config) {
        ArraysReader reader = new ArraysReader(images, config);
        try {
            reader.parts.add(new LabelledArrays("", array(images), array(labels)));
            return reader.dataset(images.getFileName().toString(), Stream.of(images, labels));
        } catch (IOException e) {
            throw reader.refused(e);
        }
    }

    private static Npy array(Path file) throws IOException {
        try {
            return NpyFiles.read(file);
        } catch (IOException e) {
            throw new IOException(file.getFileName() + ": " + Reason.of(e), e);
        }
    }

    private Optional<LabelledArrays> part(NpyFiles files, String part) throws IOException {
        for (List<String> style : NAMES) {
            String images = style.get(0).formatted(part);
            String labels = style.get(1).formatted(part);
            if (files.files().containsKey(images)) {
                if (!files.files().containsKey(labels)) {
                    throw new IOException("it has " + images + " and no " + labels);
                }
                parts.add(new LabelledArrays(images + ": ", files.read(images), files.read(labels)));
                return Optional.of(parts.get(parts.size() - 1));
            }
        }
        return Optional.empty();
    }

    private Dataset dataset(String name, Stream<Path> files) throws IOException {
        int[] labels = new int[0];
        for (LabelledArrays part : parts) {
            labels = IntStream.concat(IntStream.of(labels), IntStream.of(part.labels()))
                    .toArray();
        }
        int classes = classes(labels);
        int trained = parts.get(0).size();
        boolean[] test = TestShare.of(labels, classes, config.testShare(), config.seed());
        for (int i = 0; parts.size() > 1 && i < test.length; i++) {
            test[i] = i >= trained;
        }
        List<String> names =
                IntStream.range(0, classes).mapToObj(Integer::toString).toList();
        Gathering gathering = new Gathering(name, names, config, test);
        int at = 0;
        for (LabelledArrays part : parts) {
            for (int i = 0; i < part.size(); i++, at++) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new CancellationException("reading " + source + " was interrupted: call again to read it");
                }
                gathering.add("image " + i, part.picture(i), labels[at], test[at]);
            }
        }
        SortedMap<String, String> sha256 = new TreeMap<>();
        for (Path file : (Iterable<Path>) files::iterator) {
            try (InputStream in = Files.newInputStream(file)) {
                String known = file.getFileName().toString();
                sha256.put(sha256.containsKey(known) ? file.toString() : known, DigestUtils.sha256Hex(in));
            }
        }
        return gathering.dataset(sha256);
    }

    /** Returns how many classes there are; each from 0 on must have images. */
    private static int classes(int[] labels) throws IOException {
        int[] known = IntStream.of(labels).sorted().distinct().toArray();
        for (int label = 0; label < known.length; label++) {
            if (known[label] != label) {
                throw new IOException("no image has the label " + label + ", though one has " + known[known.length - 1]
                        + ": labels are 0, 1, 2 and on, np.unique(y, return_inverse=True)[1]");
            }
        }
        if (known.length < 2) {
            throw new IOException("all images have one label, at least 2 are needed");
        }
        return known.length;
    }

    private DataException refused(IOException e) {
        return new DataException(source + " can't be read as images and labels (" + Reason.of(e) + ")", e);
    }
}
