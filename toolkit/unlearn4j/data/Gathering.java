package unlearn4j.data;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import unlearn4j.core.Check;

/** Gathers pictures of one shape into a data set, in memory that is taken once. */
final class Gathering {
    private final String name;
    private final List<String> labelNames;
    private final ReadingConfig config;
    private final Half train;
    private final Half test;
    private ImageShape shape;
    private String first;

    /** Training images or test images, and how many are there. */
    private static final class Half {
        private final int[] labels;
        private byte[] pixels;
        private int count;

        Half(int room) {
            labels = new int[room];
        }

        /** Both arrays are cut where files were left out. */
        byte[] pixels(int each) {
            return pixels.length == count * each ? pixels : Arrays.copyOf(pixels, count * each);
        }

        int[] labels() {
            return Arrays.copyOf(labels, count);
        }
    }

    /** Begins; {@code test} says of each picture to come whether it is a test image. */
    Gathering(String name, List<String> labelNames, ReadingConfig config, boolean[] test) {
        this.name = name;
        this.labelNames = labelNames;
        this.config = config;
        int tests = 0;
        for (boolean one : test) {
            tests += one ? 1 : 0;
        }
        this.train = new Half(test.length - tests);
        this.test = new Half(tests);
    }

    /**
     * Adds a picture.
     *
     * @throws DataException if it is of another shape than those before
     */
    void add(String file, Picture as, int label, boolean isTest) {
        Picture picture = config.fit(as);
        if (shape == null) {
            begin(file, picture);
        } else if (picture.channels() != shape.channels()) {
            throw new DataException(String.format(
                    "%s: %s is %s and %s is %s: make them one, ReadingConfig.DEFAULT.grey() or .colour()",
                    name, first, kind(shape.channels()), file, kind(picture.channels())));
        } else if (picture.height() != shape.height() || picture.width() != shape.width()) {
            throw new DataException(String.format(
                    "%s: %s is %d×%d and %s is %d×%d: bring them to one size, ReadingConfig.DEFAULT.size(%3$d, %4$d)",
                    name, first, shape.height(), shape.width(), file, picture.height(), picture.width()));
        }
        Half half = isTest ? test : train;
        System.arraycopy(picture.pixels(), 0, half.pixels, half.count * shape.bytes(), shape.bytes());
        half.labels[half.count++] = label;
    }

    private static String kind(int channels) {
        return channels == 1 ? "grey" : "colour";
    }

    private void begin(String file, Picture picture) {
        long images = train.labels.length + (long) test.labels.length;
        long bytes = images * picture.pixels().length;
        try {
            shape = new ImageShape(picture.channels(), picture.height(), picture.width());
            Check.that(
                    bytes <= Integer.MAX_VALUE - 8,
                    "%,d images of %s are %,d MB, at most 2,047 are read",
                    images,
                    shape,
                    bytes >> 20);
            train.pixels = new byte[train.labels.length * shape.bytes()];
            test.pixels = new byte[test.labels.length * shape.bytes()];
        } catch (IllegalArgumentException e) {
            throw new DataException(
                    name + ", " + file + ": " + e.getMessage()
                            + ": make them smaller, ReadingConfig.DEFAULT.size(64, 64)",
                    e);
        } catch (OutOfMemoryError e) {
            throw new DataException(
                    String.format(
                            Locale.ROOT,
                            "%s unpacks to %,d MB of pixels and Java may use %,d MB in all: start it with a larger -Xmx, or "
                                    + "make images smaller, ReadingConfig.DEFAULT.size(64, 64)",
                            name,
                            bytes >> 20,
                            Runtime.getRuntime().maxMemory() >> 20),
                    e);
        }
        first = file;
    }

    /**
     * Returns the data set.
     *
     * @throws DataException if a class has no training image, or if there are no test images
     */
    Dataset dataset(SortedMap<String, String> sha256) {
        if (test.count == 0) {
            throw new DataException(
                    name + " has no test images, and too few images to take some: add images, or take a "
                            + "larger share, ReadingConfig.DEFAULT.test(0.5, 1)");
        }
        int[] labels = train.labels();
        boolean[] seen = new boolean[labelNames.size()];
        for (int label : labels) {
            seen[label] = true;
        }
        for (int label = 0; label < seen.length; label++) {
            if (!seen[label]) {
                throw new DataException(name + ": the class " + labelNames.get(label)
                        + " has no training images: give it some, or take it out");
            }
        }
        Images images = Images.of(name + " train", shape, train.pixels(shape.bytes()), labels, labelNames);
        Images tests = Images.like(images, name + " test", test.pixels(shape.bytes()), test.labels());
        return new Dataset(name, images, tests, sha256);
    }
}
