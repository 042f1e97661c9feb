package unlearn4j.data;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import unlearn4j.fetch.Archive;

/**
 * Reads the binary version of CIFAR-10 and CIFAR-100: records of one or two label bytes, then 3,072 bytes of an image,
 * red, green and blue, row by row. How many records there are follows from the files' lengths.
 */
final class CifarReader {
    private static final ImageShape SHAPE = new ImageShape(3, 32, 32);

    /** CIFAR-10: a record has one label byte. */
    static final CifarReader CIFAR_10 =
            new CifarReader(1, "data_batch_\\d+\\.bin", "test_batch.bin", "batches.meta.txt");
    /** CIFAR-100: a record has the label byte of its superclass, then that of its class, which is the one used. */
    static final CifarReader CIFAR_100 = new CifarReader(2, "train\\.bin", "test.bin", "fine_label_names.txt");

    private final int labelBytes;
    private final String train;
    private final String test;
    private final String names;

    private CifarReader(int labelBytes, String train, String test, String names) {
        this.labelBytes = labelBytes;
        this.train = train;
        this.test = test;
        this.names = names;
    }

    /**
     * Reads a data set.
     *
     * @param name what to call it
     * @param archive its archive
     * @param sha256 the archive's SHA-256, by its name
     * @throws DataException if a file is missing in the archive, or is not what it should be
     */
    Dataset read(String name, Archive archive, Map<String, String> sha256) {
        // By name: the training batches are wanted in their order, and in the archive they have another.
        SortedMap<String, byte[]> files = new TreeMap<>();
        archive.forEach((path, in) -> {
            String file = path.substring(path.lastIndexOf('/') + 1);
            if (file.matches(train) || file.equals(test) || file.equals(names)) {
                files.put(file, in.readAllBytes());
            }
        });
        List<String> labelNames = new String(need(archive, files, names), StandardCharsets.UTF_8)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        Records tested = records(archive, new TreeMap<>(Map.of(test, need(archive, files, test))), labelNames.size());
        if (files.isEmpty()) {
            throw refused(archive, "it has no training records");
        }
        Records trained = records(archive, files, labelNames.size());
        Images images = Images.of(name + " train", SHAPE, trained.pixels, trained.labels, labelNames);
        return new Dataset(
                name, images, Images.like(images, name + " test", tested.pixels, tested.labels), new TreeMap<>(sha256));
    }

    private record Records(byte[] pixels, int[] labels) {}

    /** Takes the records of all files out of the map, which lets go of each when it is done. */
    private Records records(Archive archive, SortedMap<String, byte[]> files, int classes) {
        int bytes = labelBytes + SHAPE.bytes();
        int count = 0;
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            int length = file.getValue().length;
            if (length == 0 || length % bytes != 0) {
                throw refused(
                        archive,
                        file.getKey() + " has " + length + " bytes, which is no whole number of records of " + bytes);
            }
            count += length / bytes;
        }
        byte[] pixels = new byte[count * SHAPE.bytes()];
        int[] labels = new int[count];
        int at = 0;
        while (!files.isEmpty()) {
            String file = files.firstKey();
            byte[] records = files.remove(file);
            for (int from = 0; from < records.length; from += bytes, at++) {
                labels[at] = records[from + labelBytes - 1] & 0xff;
                if (labels[at] >= classes) {
                    throw refused(
                            archive,
                            "the label (" + labels[at] + ") of record " + from / bytes + " of " + file
                                    + " must be from 0 to " + (classes - 1));
                }
                System.arraycopy(records, from + labelBytes, pixels, at * SHAPE.bytes(), SHAPE.bytes());
            }
        }
        return new Records(pixels, labels);
    }

    private static byte[] need(Archive archive, Map<String, byte[]> files, String name) {
        byte[] bytes = files.remove(name);
        if (bytes == null) {
            throw refused(archive, name + " is missing in it");
        }
        return bytes;
    }

    private static DataException refused(Archive archive, String reason) {
        return new DataException(archive + " is not the data set (" + reason + "): delete it and fetch it again");
    }
}
