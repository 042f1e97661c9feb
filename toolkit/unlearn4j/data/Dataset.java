package unlearn4j.data;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import unlearn4j.core.Check;
import unlearn4j.core.Seed;

/**
 * A data set: training images, test images, and the files they came from.
 *
 * @param name what it is called
 * @param train the training images
 * @param test the test images, of the same shape and classes
 * @param sha256 each file's SHA-256 in hexadecimal, by the file's name; a run's record names them
 */
public record Dataset(String name, Images train, Images test, SortedMap<String, String> sha256) {

    static final String AS_PUBLISHED = " as published";

    /**
     * Half of a data set that {@link Datasets#named} finds again: a record names it, with the rows of it that were used.
     *
     * @param dataset the data set's name
     * @param test whether it is the test images, not the training images
     * @param sha256 each file's SHA-256 in hexadecimal, by the file's name
     */
    public record Part(String dataset, boolean test, SortedMap<String, String> sha256) {
        /** Makes a part; the map is copied. */
        public Part {
            Check.given("dataset", dataset);
            sha256 = Collections.unmodifiableSortedMap(new TreeMap<>(Check.allGiven("sha256", sha256)));
        }

        Part asPublished() {
            return new Part(dataset + AS_PUBLISHED, test, sha256);
        }
    }

    /** Makes a data set; the map is copied. */
    public Dataset {
        Check.given("name", name);
        Check.given("train", train);
        Check.given("test", test);
        Check.that(
                test.shape().equals(train.shape()),
                "%s: test images of %s are not of the training images' shape %s",
                name,
                test.shape(),
                train.shape());
        Check.that(
                test.classes() == train.classes(),
                "%s: test images of %d classes are not of the training images' %d",
                name,
                test.classes(),
                train.classes());
        sha256 = Collections.unmodifiableSortedMap(new TreeMap<>(Check.allGiven("sha256", sha256)));
    }

    /** Returns how many classes there are. */
    public int classes() {
        return train.classes();
    }

    /** Returns an image's shape. */
    public ImageShape shape() {
        return train.shape();
    }

    /** Returns the data set with at most this many training and test images, the classes in nearly equal numbers. */
    public Dataset sample(int trainImages, int testImages, long seed) {
        Seed chosen = Seed.of(seed).child(name);
        return new Dataset(
                name,
                train.balanced(
                        Math.min(trainImages, train.size()),
                        chosen.child("train").value()),
                test.balanced(
                        Math.min(testImages, test.size()), chosen.child("test").value()),
                sha256);
    }

    /** Returns the data set with the images of those labels alone; the classes stay as many, and so do a network's outputs. */
    public Dataset only(Labels labels) {
        return new Dataset(name, train.only(labels), test.only(labels), sha256);
    }

    /**
     * Returns the data set as the scripts that paper B's authors published show CIFAR-100 to their networks, to reproduce
     * them and for nothing else: pixels go in as bytes from 0 to 255, not normalised, and an image's bytes, height × width ×
     * channels, are read again as channels × height × width without being rearranged.
     */
    public Dataset asPublished() {
        return new Dataset(name + AS_PUBLISHED, train.asPublished(), test.asPublished(), sha256);
    }

    /** Returns the same, whose images say that they are of a data set of the toolkit. */
    Dataset named() {
        return named(name);
    }

    /** Returns the same, whose images say that they are of the data set that {@link Datasets#named} finds by that name. */
    Dataset named(String known) {
        return new Dataset(
                name, train.of(new Part(known, false, sha256)), test.of(new Part(known, true, sha256)), sha256);
    }

    @Override
    public String toString() {
        return String.format(
                java.util.Locale.ROOT,
                "%s: %,d training and %,d test images of %s, %d classes",
                name,
                train.size(),
                test.size(),
                shape(),
                classes());
    }
}
