package unlearn4j.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.function.IntBinaryOperator;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.apache.commons.codec.digest.DigestUtils;
import unlearn4j.core.Check;
import unlearn4j.core.Seed;

/**
 * Labelled images: a view of rows of a store that all its views share. Images stay the bytes they were stored as;
 * making a view copies row numbers, never pixels. Immutable.
 */
public final class Images {
    private final ImageStore store;
    private final String name;
    private final int[] rows;

    private Images(ImageStore store, String name, int[] rows) {
        this.store = store;
        this.name = name;
        this.rows = rows;
    }

    /**
     * Makes images of bytes. The arrays are not copied and must not be changed afterwards.
     *
     * @param name what to call them, {@code "MNIST train"} say
     * @param shape an image's shape
     * @param pixels the images one after another, channel by channel, row by row
     * @param labels each image's label, from 0 to the number of label names − 1
     * @param labelNames each label's name
     * @return images, normalised by their own mean and deviation
     * @throws IllegalArgumentException if there are none, if a label has no name, or if the lengths don't fit
     */
    public static Images of(String name, ImageShape shape, byte[] pixels, int[] labels, List<String> labelNames) {
        check(name, shape, pixels, labels, labelNames);
        ImageStore store =
                new ImageStore(shape, pixels, labels, List.copyOf(labelNames), Normalisation.of(pixels, shape), null);
        return new Images(store, name, IntStream.range(0, labels.length).toArray());
    }

    /** Makes images as {@link #of} does, normalised as {@code trained} are: the test images to those training images. */
    public static Images like(Images trained, String name, byte[] pixels, int[] labels) {
        ImageShape shape = Check.given("trained", trained).shape();
        List<String> labelNames = trained.labelNames();
        check(name, shape, pixels, labels, labelNames);
        ImageStore store = new ImageStore(shape, pixels, labels, labelNames, trained.normalisation(), null);
        return new Images(store, name, IntStream.range(0, labels.length).toArray());
    }

    private static void check(String name, ImageShape shape, byte[] pixels, int[] labels, List<String> labelNames) {
        Check.given("name", name);
        Check.given("shape", shape);
        Check.allGiven("labelNames", labelNames);
        Check.that(Check.given("labels", labels).length > 0, "%s holds no images", name);
        Check.given("pixels", pixels);
        Check.that(
                pixels.length == (long) labels.length * shape.bytes(),
                "%s: %d bytes are not %d images of %s",
                name,
                pixels.length,
                labels.length,
                shape);
        for (int label : labels) {
            Check.that(
                    label >= 0 && label < labelNames.size(),
                    "%s: label (%d) must be from 0 to %d",
                    name,
                    label,
                    labelNames.size() - 1);
        }
    }

    /** Returns what these images are called. */
    public String name() {
        return name;
    }

    /** Returns an image's shape. */
    public ImageShape shape() {
        return store.shape();
    }

    /** Returns how many images there are. */
    public int size() {
        return rows.length;
    }

    /** Returns whether there are no images. */
    public boolean isEmpty() {
        return rows.length == 0;
    }

    /** Returns how many classes the data set has, those without an image here included. */
    public int classes() {
        return store.labelNames().size();
    }

    /** Returns each label's name. */
    public List<String> labelNames() {
        return store.labelNames();
    }

    /** Returns how a network is to see the pixels. */
    public Normalisation normalisation() {
        return store.normalisation();
    }

    /** Returns the label of the image at {@code position}, from 0 to {@link #size()} − 1. */
    public int label(int position) {
        return store.labels()[row(position)];
    }

    /** Returns the row in the data set of the image at {@code position}: the same in every view. */
    public int row(int position) {
        if (position < 0 || position >= rows.length) {
            throw outside(position);
        }
        return rows[position];
    }

    /** Returns the labels that have an image here. */
    public Labels labels() {
        SortedSet<Integer> labels = new TreeSet<>();
        int[] counts = counts();
        for (int label = 0; label < counts.length; label++) {
            if (counts[label] > 0) {
                labels.add(label);
            }
        }
        return new Labels(labels);
    }

    /** Returns how many images each class has, an element a class. */
    public int[] counts() {
        int[] counts = new int[classes()];
        for (int row : rows) {
            counts[store.labels()[row]]++;
        }
        return counts;
    }

    /**
     * Copies one image's bytes.
     *
     * @param position which image, from 0 to {@link #size()} − 1
     * @param target where to
     * @param offset the first byte's place there
     */
    public void copy(int position, byte[] target, int offset) {
        int bytes = store.shape().bytes();
        Check.that(
                offset >= 0 && offset <= Check.given("target", target).length - bytes,
                "an image of %d bytes does not lie at offset (%d) in a target of %d bytes",
                bytes,
                offset,
                target.length);
        System.arraycopy(store.pixels(), row(position) * bytes, target, offset, bytes);
    }

    /** Returns the images whose label is one of {@code labels}, perhaps none. */
    public Images only(Labels labels) {
        checkKnown(labels);
        return where(position -> labels.contains(label(position)));
    }

    /** Returns the images whose label is none of {@code labels}, perhaps none. */
    public Images without(Labels labels) {
        checkKnown(labels);
        return where(position -> !labels.contains(label(position)));
    }

    /** Returns the images at these positions, in this order; a position may come twice. */
    public Images at(int... positions) {
        int[] chosen = new int[Check.given("positions", positions).length];
        for (int i = 0; i < positions.length; i++) {
            chosen[i] = row(positions[i]);
        }
        return new Images(store, name, chosen);
    }

    /** Returns the images at positions {@code from} to {@code below} − 1. */
    public Images slice(int from, int below) {
        Check.that(
                from >= 0 && from <= below && below <= rows.length,
                "positions %d to %d must lie in 0 to %d",
                from,
                below,
                rows.length);
        return new Images(store, name, Arrays.copyOfRange(rows, from, below));
    }

    /** Returns {@code count} images drawn at random, the classes in nearly equal numbers. */
    public Images balanced(int count, long seed) {
        Check.that(
                count > 0 && count <= size(), "count (%d) must be from 1 to the %d images of %s", count, size(), name);
        int[] order = Seed.of(seed).permutation(size());
        // Each image's rank within its class: the images of rank 0 come first, one of each class, then those of rank 1.
        int[] rank = new int[size()];
        int[] seen = new int[classes()];
        for (int position : order) {
            rank[position] = seen[label(position)]++;
        }
        int[] chosen = Arrays.stream(order)
                .boxed()
                .sorted(java.util.Comparator.comparingInt(position -> rank[position]))
                .limit(count)
                .mapToInt(Integer::intValue)
                .toArray();
        return at(chosen);
    }

    /** Returns the same images in random order. */
    public Images shuffled(long seed) {
        return at(Seed.of(seed).permutation(size()));
    }

    /** Returns the images of both, which must be views of one data set; images in both come once. */
    public Images and(Images others) {
        return union(List.of(this, Check.given("others", others)));
    }

    /**
     * Returns the images of all these views, which must be of one data set, in their order; an image in several comes once.
     *
     * @param views one or more; the first gives its name
     */
    public static Images union(List<Images> views) {
        Images first = Check.notEmpty("views", views).get(0);
        BitSet seen = new BitSet();
        int[] all = new int[views.stream().mapToInt(Images::size).sum()];
        int count = 0;
        for (Images view : views) {
            first.checkSameSet(view, "joined");
            for (int row : view.rows) {
                if (!seen.get(row)) {
                    seen.set(row);
                    all[count++] = row;
                }
            }
        }
        return new Images(first.store, first.name, Arrays.copyOf(all, count));
    }

    /** Returns the images that are also in {@code others}, a view of the same data set; perhaps none. */
    public Images shared(Images others) {
        checkSameSet(others, "compared");
        BitSet theirs = others.rowSet();
        return where(position -> theirs.get(rows[position]));
    }

    /** Returns the images that are not in {@code others}, a view of the same data set; perhaps none. */
    public Images without(Images others) {
        checkSameSet(others, "compared");
        BitSet theirs = others.rowSet();
        return where(position -> !theirs.get(rows[position]));
    }

    private BitSet rowSet() {
        BitSet set = new BitSet();
        for (int row : rows) {
            set.set(row);
        }
        return set;
    }

    private void checkSameSet(Images others, String done) {
        Check.given("others", others);
        Check.that(
                others.store == store,
                "%s and %s are of different data sets and cannot be %s",
                name,
                others.name,
                done);
    }

    /** Returns the same images under another name. */
    public Images named(String newName) {
        return new Images(store, Check.given("name", newName), rows);
    }

    /**
     * Returns the same images under other labels, as a client has them that flips labels. They are a data set of their own,
     * which shares no images with this one; the pixels are not copied.
     *
     * @param label an image's new label from its row in the data set and the label that it has:
     *     {@code (row, label) -> 9 - label}, say
     * @throws IllegalArgumentException if a new label has no name
     */
    public Images relabelled(IntBinaryOperator label) {
        Check.given("label", label);
        int[] changed = store.labels().clone();
        for (int row : rows) {
            changed[row] = label.applyAsInt(row, store.labels()[row]);
            Check.that(
                    changed[row] >= 0 && changed[row] < classes(),
                    "%s: new label (%d) must be from 0 to %d",
                    name,
                    changed[row],
                    classes() - 1);
        }
        return new Images(store.relabelled(changed), name, rows);
    }

    /**
     * Returns the same images as the published scripts of paper B show them to their networks: bytes from 0 to 255, not
     * normalised, height × width × channels read again as channels × height × width without being rearranged. They are a
     * data set of their own, with the same rows.
     */
    Images asPublished() {
        return new Images(store.asPublished(), name, rows);
    }

    /** Returns the same images as those of a data set of the toolkit. */
    Images of(Dataset.Part part) {
        return new Images(store.of(part), name, rows);
    }

    /** Returns the part of the toolkit's data set that these images are rows of; nothing for images of one's own. */
    public Optional<Dataset.Part> part() {
        return Optional.ofNullable(store.part());
    }

    /**
     * Returns noise in these images' place: as many, of the same shape, labels and normalisation, each byte drawn evenly
     * from 0 to 255. They are a data set of their own, in which an image's row is its position.
     *
     * @param seed where chance comes from
     */
    public Images noise(long seed) {
        SplittableRandom random = Seed.of(seed).random();
        byte[] pixels = new byte[Math.multiplyExact(size(), store.shape().bytes())];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) random.nextInt(256);
        }
        return like(
                this,
                name + " noise",
                pixels,
                IntStream.range(0, size()).map(this::label).toArray());
    }

    /**
     * Returns what the images are recognised by: the SHA-256, in hexadecimal, of their shape, their pixels and their labels,
     * in their order.
     */
    public String sha256() {
        MessageDigest digest = DigestUtils.getSha256Digest();
        digest.update(store.shape().toString().getBytes(StandardCharsets.UTF_8));
        ByteBuffer label = ByteBuffer.allocate(Integer.BYTES);
        int bytes = store.shape().bytes();
        for (int row : rows) {
            digest.update(store.pixels(), row * bytes, bytes);
            digest.update(label.putInt(0, store.labels()[row]).array());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private IllegalArgumentException outside(int position) {
        return new IllegalArgumentException(
                "position (" + position + ") must lie in [0, " + rows.length + "), the images of " + name);
    }

    private Images where(IntPredicate wanted) {
        int[] chosen = IntStream.range(0, rows.length)
                .filter(wanted)
                .map(position -> rows[position])
                .toArray();
        return new Images(store, name, chosen);
    }

    private void checkKnown(Labels labels) {
        for (int label : Check.given("labels", labels).values()) {
            Check.that(
                    label < classes(), "label (%d) must be from 0 to %d, the labels of %s", label, classes() - 1, name);
        }
    }

    @Override
    public String toString() {
        return String.format(
                java.util.Locale.ROOT, "%s: %,d images of %s, %d classes", name, size(), shape(), labels().size());
    }
}
