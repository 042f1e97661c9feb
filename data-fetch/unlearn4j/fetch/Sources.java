package unlearn4j.fetch;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The data sets there are. Sizes and MD5 are those of the authors' own files; a data set's home page is named with it.
 */
public final class Sources {
    private static final String MNIST_HOST = "https://ossci-datasets.s3.amazonaws.com/mnist/";
    private static final String FASHION_HOST = "https://fashion-mnist.s3.eu-central-1.amazonaws.com/";
    private static final String TORONTO = "https://www.cs.toronto.edu/~kriz/";

    private static final String TRAIN_IMAGES = "train-images-idx3-ubyte.gz";
    private static final String TRAIN_LABELS = "train-labels-idx1-ubyte.gz";
    private static final String TEST_IMAGES = "t10k-images-idx3-ubyte.gz";
    private static final String TEST_LABELS = "t10k-labels-idx1-ubyte.gz";
    /** IDX files: a header of 16 or 8 bytes, then 784 bytes an image, 1 byte a label. */
    private static final long TRAIN_IMAGE_BYTES = 16 + 60_000 * 784;

    private static final long TRAIN_LABEL_BYTES = 8 + 60_000;
    private static final long TEST_IMAGE_BYTES = 16 + 10_000 * 784;
    private static final long TEST_LABEL_BYTES = 8 + 10_000;

    /**
     * MNIST, 28×28 grey handwritten digits (LeCun, Cortes, Burges). Its home page no longer serves the files; this is
     * the copy that PyTorch keeps.
     */
    public static final Source MNIST = new Source(
            "mnist",
            "MNIST",
            "CC BY-SA 3.0; Y. LeCun, C. Cortes, C. Burges",
            60_000,
            10_000,
            List.of(
                    new SourceFile(
                            "mnist/" + TRAIN_IMAGES,
                            URI.create(MNIST_HOST + TRAIN_IMAGES),
                            9_912_422,
                            "f68b3c2dcbeaaa9fbdd348bbdeb94873",
                            TRAIN_IMAGE_BYTES),
                    new SourceFile(
                            "mnist/" + TRAIN_LABELS,
                            URI.create(MNIST_HOST + TRAIN_LABELS),
                            28_881,
                            "d53e105ee54ea40749a09fcbcd1e9432",
                            TRAIN_LABEL_BYTES),
                    new SourceFile(
                            "mnist/" + TEST_IMAGES,
                            URI.create(MNIST_HOST + TEST_IMAGES),
                            1_648_877,
                            "9fb629c4189551a2d022fa330f9573f3",
                            TEST_IMAGE_BYTES),
                    new SourceFile(
                            "mnist/" + TEST_LABELS,
                            URI.create(MNIST_HOST + TEST_LABELS),
                            4_542,
                            "ec29112dd5afa0611ce80d1b7f02629c",
                            TEST_LABEL_BYTES)),
            Optional.empty());

    /**
     * Fashion-MNIST, 28×28 grey garments (Xiao, Rasul, Vollgraf), https://github.com/zalandoresearch/fashion-mnist.
     * Debian's files are the authors' without the name and the time in the header of gzip; with both put back they have
     * the authors' MD5.
     */
    public static final Source FASHION_MNIST = new Source(
            "fashion-mnist",
            "Fashion-MNIST",
            "MIT; Zalando SE",
            60_000,
            10_000,
            List.of(
                    new SourceFile(
                            "fashion-mnist/" + TRAIN_IMAGES,
                            URI.create(FASHION_HOST + TRAIN_IMAGES),
                            26_421_880,
                            "8d4fb7e6c68d591d4c3dfef9ec88bf0d",
                            TRAIN_IMAGE_BYTES),
                    new SourceFile(
                            "fashion-mnist/" + TRAIN_LABELS,
                            URI.create(FASHION_HOST + TRAIN_LABELS),
                            29_515,
                            "25c81989df183df01b3e8a0aad5dffbe",
                            TRAIN_LABEL_BYTES),
                    new SourceFile(
                            "fashion-mnist/" + TEST_IMAGES,
                            URI.create(FASHION_HOST + TEST_IMAGES),
                            4_422_102,
                            "bef4ecab320f06d8554ea6380940ec79",
                            TEST_IMAGE_BYTES),
                    new SourceFile(
                            "fashion-mnist/" + TEST_LABELS,
                            URI.create(FASHION_HOST + TEST_LABELS),
                            5_148,
                            "bb300cfdad3c16e7a12a480ee83cd310",
                            TEST_LABEL_BYTES)),
            Optional.of(new DebianPackage(
                    "dataset-fashion-mnist",
                    Path.of("/usr/share/datasets/fashion-mnist"),
                    Map.of(
                            TRAIN_IMAGES, "b0564c3eedabfbf835052cff8503ea422014ce006caf5b757f851416ee8300c7",
                            TRAIN_LABELS, "0ae29f65d86684f32d1b9c85147786c547b9c6aebcaf235f0400a0cce308b056",
                            TEST_IMAGES, "cc1d090a38ace84dfa1aa66e3ada7c336ef481a96936906477e6dd344da56eaa",
                            TEST_LABELS, "8d3605d196f4be44669e46906da9733c8131fef761fdbfec72c424d5222f1a05"))));

    /** CIFAR-10, 32×32 colour images (Krizhevsky), the binary version, https://www.cs.toronto.edu/~kriz/cifar.html. */
    public static final Source CIFAR_10 = new Source(
            "cifar-10",
            "CIFAR-10",
            "no licence stated, cite Krizhevsky 2009",
            50_000,
            10_000,
            List.of(new SourceFile(
                    "cifar-10-binary.tar.gz",
                    URI.create(TORONTO + "cifar-10-binary.tar.gz"),
                    170_052_171,
                    "c32a1d4ab5d03f1284b67883e8d87530",
                    190_000_000)),
            Optional.empty());

    /** CIFAR-100, 32×32 colour images (Krizhevsky), the binary version, https://www.cs.toronto.edu/~kriz/cifar.html. */
    public static final Source CIFAR_100 = new Source(
            "cifar-100",
            "CIFAR-100",
            "no licence stated, cite Krizhevsky 2009",
            50_000,
            10_000,
            List.of(new SourceFile(
                    "cifar-100-binary.tar.gz",
                    URI.create(TORONTO + "cifar-100-binary.tar.gz"),
                    168_513_733,
                    "03b5dce01913d631647c71ecec9e9cb8",
                    190_000_000)),
            Optional.empty());

    /** TinyImageNet, 64×64 colour images of 200 of ImageNet's classes (Stanford's course CS231n). */
    public static final Source TINY_IMAGENET = new Source(
            "tiny-imagenet",
            "TinyImageNet",
            "ImageNet's terms: research and teaching, not commerce",
            100_000,
            10_000,
            List.of(new SourceFile(
                    "tiny-imagenet-200.zip",
                    URI.create("https://cs231n.stanford.edu/tiny-imagenet-200.zip"),
                    248_100_043,
                    "90528d7ca1a48142e341f4ef8d21d0de",
                    600_000_000)),
            Optional.empty());

    private static final List<Source> ALL = List.of(MNIST, FASHION_MNIST, CIFAR_10, CIFAR_100, TINY_IMAGENET);

    private Sources() {}

    /** Returns all of them. */
    public static List<Source> all() {
        return ALL;
    }
}
