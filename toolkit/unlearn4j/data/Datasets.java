package unlearn4j.data;

import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** The data sets, by name. */
public final class Datasets {
    private static final List<String> GARMENTS = List.of("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal",
            "Shirt", "Sneaker", "Bag", "Ankle boot");
    private static final String SAMPLE = "fashion-mnist-sample/";

    private Datasets() {
    }

    /**
     * Returns the sample of Fashion-MNIST that comes with the toolkit: 6,000 training and 1,000 test images of 1×28×28,
     * the same number of each of 10 classes. Needs no network.
     */
    public static Dataset fashionMnistSample() {
        SortedMap<String, String> sha256 = new TreeMap<>();
        String train = SAMPLE + "train-";
        String test = SAMPLE + "t10k-";
        IdxReader.Pixels trained = resource(train + "images-idx3-ubyte.gz", sha256,
                in -> IdxReader.images(SAMPLE + "train images", in));
        int[] trainLabels = resource(train + "labels-idx1-ubyte.gz", sha256,
                in -> IdxReader.labels(SAMPLE + "train labels", in));
        IdxReader.Pixels tested = resource(test + "images-idx3-ubyte.gz", sha256,
                in -> IdxReader.images(SAMPLE + "test images", in));
        int[] testLabels = resource(test + "labels-idx1-ubyte.gz", sha256,
                in -> IdxReader.labels(SAMPLE + "test labels", in));
        String name = "Fashion-MNIST sample";
        Images images = Images.of(name + " train", trained.shape(), trained.pixels(), trainLabels, GARMENTS);
        return new Dataset(name, images, Images.like(images, name + " test", tested.pixels(), testLabels), sha256);
    }

    private static <T> T resource(String path, SortedMap<String, String> sha256, Function<InputStream, T> reader) {
        try (InputStream in = Datasets.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new DataException(path + " is not on the class path: the toolkit's jar is incomplete, build it again");
            }
            DigestInputStream digested = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"));
            T read = reader.apply(digested);
            sha256.put(path, HexFormat.of().formatHex(digested.getMessageDigest().digest()));
            return read;
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new DataException(path + " cannot be read (" + e.getMessage() + ")", e);
        }
    }
}
