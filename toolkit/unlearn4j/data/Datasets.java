package unlearn4j.data;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.SoftReference;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.commons.codec.digest.DigestUtils;
import unlearn4j.core.Check;
import unlearn4j.fetch.Fetched;
import unlearn4j.fetch.Fetcher;
import unlearn4j.fetch.Source;
import unlearn4j.fetch.Sources;

/** The data sets, by name. */
public final class Datasets {
    private static final List<String> GARMENTS = List.of(
            "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot");
    private static final List<String> DIGITS = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    /** What was read before, as long as the memory is not needed for something else. */
    private static final Map<Source, SoftReference<Dataset>> LOADED = new HashMap<>();

    private static final String SAMPLE = "fashion-mnist-sample/";
    private static final String FASHION_MNIST_SAMPLE = "Fashion-MNIST sample";

    private Datasets() {}

    /**
     * Returns the sample of Fashion-MNIST that comes with the toolkit: 6,000 training and 1,000 test images of 1×28×28,
     * the same number of each of 10 classes. Needs no network.
     */
    public static Dataset fashionMnistSample() {
        SortedMap<String, String> sha256 = new TreeMap<>();
        String train = SAMPLE + "train-";
        String test = SAMPLE + "t10k-";
        IdxReader.Pixels trained =
                resource(train + "images-idx3-ubyte.gz", sha256, in -> IdxReader.images(SAMPLE + "train images", in));
        int[] trainLabels =
                resource(train + "labels-idx1-ubyte.gz", sha256, in -> IdxReader.labels(SAMPLE + "train labels", in));
        IdxReader.Pixels tested =
                resource(test + "images-idx3-ubyte.gz", sha256, in -> IdxReader.images(SAMPLE + "test images", in));
        int[] testLabels =
                resource(test + "labels-idx1-ubyte.gz", sha256, in -> IdxReader.labels(SAMPLE + "test labels", in));
        String name = FASHION_MNIST_SAMPLE;
        Images images = Images.of(name + " train", trained.shape(), trained.pixels(), trainLabels, GARMENTS);
        Images tests = Images.like(images, name + " test", tested.pixels(), testLabels);
        return new Dataset(name, images, tests, sha256).named();
    }

    /**
     * Returns MNIST: 60,000 training and 10,000 test images of 1×28×28, 10 classes, where no mirror holds fewer.
     *
     * <p>Like each of the full data sets it is downloaded once, verified and cached (see {@link Fetcher}), and read
     * once as long as there is memory for it.
     *
     * @throws unlearn4j.fetch.FetchException if it can't be had
     * @throws DataException if it can't be read
     * @throws CancellationException if the thread is interrupted
     */
    public static Dataset mnist() {
        return loaded(Sources.MNIST, files -> idx(files, DIGITS));
    }

    /**
     * Returns Fashion-MNIST: 60,000 training and 10,000 test images of 1×28×28, 10 classes; see {@link #mnist()}.
     */
    public static Dataset fashionMnist() {
        return loaded(Sources.FASHION_MNIST, files -> idx(files, GARMENTS));
    }

    /**
     * Returns CIFAR-10: 50,000 training and 10,000 test images of 3×32×32, 10 classes, where no mirror holds fewer; see
     * {@link #mnist()}.
     */
    public static Dataset cifar10() {
        return loaded(
                Sources.CIFAR_10,
                files -> CifarReader.CIFAR_10.read(
                        files.source().name(), files.files().get(0).archive(), files.sha256()));
    }

    /**
     * Returns CIFAR-100 with its 100 fine classes: 50,000 training and 10,000 test images of 3×32×32, where no mirror
     * holds fewer; see {@link #mnist()}.
     */
    public static Dataset cifar100() {
        return loaded(
                Sources.CIFAR_100,
                files -> CifarReader.CIFAR_100.read(
                        files.source().name(), files.files().get(0).archive(), files.sha256()));
    }

    /**
     * Returns TinyImageNet: 100,000 training images and, as test images, the 10,000 of its validation set, 3×64×64, 200
     * classes, where no mirror holds fewer; see {@link #mnist()}. The full set takes 1.4 GB of memory.
     */
    public static Dataset tinyImageNet() {
        return loaded(
                Sources.TINY_IMAGENET,
                files -> TinyImageNetReader.read(
                        files.source().name(), files.files().get(0).archive(), files.sha256()));
    }

    /**
     * Returns images of one's own: a folder that has a folder of PNG or JPEG images for each class, or such folders below
     * {@code train} and {@code test}. Without {@code test} the images below {@code val} are the test images, and without
     * both a fifth of each class. Labels are numbered in the order of their folders' names, or by number where all are
     * numbers. Bytes are taken as they are stored, without colour profile or EXIF orientation.
     *
     * @throws DataException if a file is no image that can be read, if images are not of one size and kind, if a class has
     *     no images, or if there are fewer than two classes
     * @throws CancellationException if the thread is interrupted
     */
    public static Dataset folder(Path folder) {
        return folder(folder, ReadingConfig.DEFAULT);
    }

    /** Returns images of one's own as {@link #folder(Path)} does, in a size or of a kind, or without those that can't be read. */
    public static Dataset folder(Path folder, ReadingConfig config) {
        return own(folder, config, () -> ListedReader.read(FolderListing.of(folder), config));
    }

    /**
     * Returns images of one's own that a CSV lists, with the columns {@code path}, {@code label} and, if there are test
     * images, {@code split}: train, test or val, which are the test images where none are called test. A path begins at the
     * CSV's folder and stays in it. The rest is as in {@link #folder(Path)}.
     *
     * @throws DataException if it is no such list, and as {@link #folder(Path)} does
     * @throws CancellationException if the thread is interrupted
     */
    public static Dataset list(Path csv) {
        return list(csv, ReadingConfig.DEFAULT);
    }

    /** Returns images of one's own as {@link #list(Path)} does, in a size or of a kind, or without those that can't be read. */
    public static Dataset list(Path csv, ReadingConfig config) {
        return own(csv, config, () -> ListedReader.read(CsvListing.of(csv), config));
    }

    /**
     * Returns images of one's own in NumPy's arrays: an {@code .npz} file, as MedMNIST's, or a folder of {@code .npy} files,
     * with {@code train_images}, {@code train_labels} and the same of {@code test} or {@code val}; or Keras' {@code x_train},
     * {@code y_train}. Without test images those of {@code val} are, and without both a fifth of each class.
     *
     * <p>Images are bytes, N×height×width or N×height×width×3; of floating point, if they are bytes / 255. Labels are whole
     * numbers of any type, N or N×1, from 0 without a gap. Pickled objects are refused, never read.
     *
     * @throws DataException if they are no such arrays
     * @throws CancellationException if the thread is interrupted
     */
    public static Dataset arrays(Path path) {
        return arrays(path, ReadingConfig.DEFAULT);
    }

    /** Returns images of one's own as {@link #arrays(Path)} does, in a size or of a kind. */
    public static Dataset arrays(Path path, ReadingConfig config) {
        return own(path, config, () -> ArraysReader.read(path, config));
    }

    /** Returns images of one's own in two {@code .npy} files, as {@link #arrays(Path)} does, a share of them for test. */
    public static Dataset arrays(Path images, Path labels, ReadingConfig config) {
        Check.given("labels", labels);
        return own(images, config, () -> ArraysReader.read(images, labels, config));
    }

    private static Dataset own(Path path, ReadingConfig config, Supplier<Dataset> reader) {
        Check.given("path", path);
        return OwnDatasets.read(Check.given("config", config), reader);
    }

    /**
     * Returns the data set of that name, as its images' {@link Images#part} has it. One of one's own is found where this
     * process has read it before, and is read again.
     *
     * @throws IllegalArgumentException if none comes with the toolkit, and none was read
     */
    public static Dataset named(String name) {
        if (Check.given("name", name).endsWith(Dataset.AS_PUBLISHED)) {
            return named(name.substring(0, name.length() - Dataset.AS_PUBLISHED.length()))
                    .asPublished();
        }
        Map<String, Supplier<Dataset>> all = new TreeMap<>(Map.of(
                FASHION_MNIST_SAMPLE,
                Datasets::fashionMnistSample,
                Sources.MNIST.name(),
                Datasets::mnist,
                Sources.FASHION_MNIST.name(),
                Datasets::fashionMnist,
                Sources.CIFAR_10.name(),
                Datasets::cifar10,
                Sources.CIFAR_100.name(),
                Datasets::cifar100,
                Sources.TINY_IMAGENET.name(),
                Datasets::tinyImageNet));
        Optional<Dataset> own = OwnDatasets.named(name);
        if (own.isPresent()) {
            return own.get();
        }
        Check.that(
                all.containsKey(name),
                "there is no data set named %s: the toolkit has %s; of your own, read it first, Datasets.folder(…)",
                name,
                all.keySet());
        return all.get(name).get();
    }

    private static Dataset loaded(Source source, Function<Fetched, Dataset> reader) {
        synchronized (LOADED) {
            SoftReference<Dataset> known = LOADED.get(source);
            Dataset dataset = known == null ? null : known.get();
            if (dataset == null) {
                dataset = reader.apply(Fetcher.fromEnvironment().fetch(source)).named();
                LOADED.put(source, new SoftReference<>(dataset));
            }
            return dataset;
        }
    }

    private static Dataset idx(Fetched files, List<String> labelNames) {
        String name = files.source().name();
        IdxReader.Pixels trained = file(files, "train-images-idx3-ubyte.gz", IdxReader::images);
        int[] trainLabels = file(files, "train-labels-idx1-ubyte.gz", IdxReader::labels);
        IdxReader.Pixels tested = file(files, "t10k-images-idx3-ubyte.gz", IdxReader::images);
        int[] testLabels = file(files, "t10k-labels-idx1-ubyte.gz", IdxReader::labels);
        Images images = Images.of(name + " train", trained.shape(), trained.pixels(), trainLabels, labelNames);
        return new Dataset(
                name, images, Images.like(images, name + " test", tested.pixels(), testLabels), files.sha256());
    }

    private static <T> T file(Fetched files, String name, BiFunction<String, InputStream, T> reader) {
        Path path = files.file(name).path();
        try {
            return reader.apply(path.toString(), new ByteArrayInputStream(Files.readAllBytes(path)));
        } catch (ClosedByInterruptException e) {
            throw new CancellationException("reading " + path + " was interrupted: call again to read it");
        } catch (IOException e) {
            throw new DataException(path + " cannot be read (" + e.getMessage() + "): delete it and fetch it again", e);
        }
    }

    private static <T> T resource(String path, SortedMap<String, String> sha256, Function<InputStream, T> reader) {
        try (InputStream in = Datasets.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new DataException(
                        path + " is not on the class path: the toolkit's jar is incomplete, build it again");
            }
            DigestInputStream digested = new DigestInputStream(in, DigestUtils.getSha256Digest());
            T read = reader.apply(digested);
            sha256.put(
                    path, HexFormat.of().formatHex(digested.getMessageDigest().digest()));
            return read;
        } catch (IOException e) {
            throw new DataException(path + " cannot be read (" + e.getMessage() + ")", e);
        }
    }
}
