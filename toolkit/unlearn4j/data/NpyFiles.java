package unlearn4j.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;

/** Named arrays: an {@code .npz} file's, or the {@code .npy} files' of a folder. */
final class NpyFiles {
    private static final String ENDING = ".npy";
    /** Deflate packs 1,032 bytes into one at best, which black images come near; a bomb is large, too. */
    private static final long LARGEST_RATIO = 200;

    private static final long SMALL = 1L << 26;

    private final Path path;
    private final SortedMap<String, Path> files;

    private NpyFiles(Path path, SortedMap<String, Path> files) {
        this.path = path;
        this.files = files;
    }

    /** Opens a file or a folder. */
    static NpyFiles of(Path path) throws IOException {
        SortedMap<String, Path> files = new TreeMap<>();
        if (Files.isDirectory(path)) {
            try (Stream<Path> inside = Files.list(path)) {
                inside.filter(file -> file.toString().endsWith(ENDING))
                        .forEach(file -> files.put(name(file.getFileName().toString()), file));
            }
        } else if (path.toString().endsWith(ENDING)) {
            throw new IOException("it is one array, its labels are missing: Datasets.arrays(images, labels, config)");
        } else {
            try (ZipFile zip = ZipFile.builder().setPath(path).get()) {
                Enumeration<ZipArchiveEntry> entries = zip.getEntries();
                while (entries.hasMoreElements()) {
                    String entry = entries.nextElement().getName();
                    if (files.put(name(entry), path) != null) {
                        throw new IOException("its array " + name(entry) + " is there twice");
                    }
                }
            }
        }
        return new NpyFiles(path, files);
    }

    private static String name(String file) {
        return file.endsWith(ENDING) ? file.substring(0, file.length() - ENDING.length()) : file;
    }

    /** Returns what each array is called, and the file that it lies in. */
    Map<String, Path> files() {
        return files;
    }

    /** Reads an array. */
    Npy read(String name) throws IOException {
        try {
            if (Files.isDirectory(path)) {
                return read(files.get(name));
            }
            try (ZipFile zip = ZipFile.builder().setPath(path).get()) {
                return unpacked(zip, zip.getEntry(name + ENDING));
            }
        } catch (IOException e) {
            throw new IOException("array " + name + ": " + unlearn4j.core.Reason.of(e), e);
        }
    }

    /** Reads the array in an {@code .npy} file. */
    static Npy read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Npy.read(in, Files.size(file));
        }
    }

    private static Npy unpacked(ZipFile zip, ZipArchiveEntry entry) throws IOException {
        if (entry == null || !zip.canReadEntryData(entry)) {
            throw new IOException("it is packed in a way that is not read, or encrypted");
        }
        long size = entry.getSize();
        if (size > SMALL && size / LARGEST_RATIO > entry.getCompressedSize()) {
            throw new IOException("it unpacks to " + (size >> 20) + " MB, more than " + LARGEST_RATIO
                    + " times what it is packed in: no images do");
        }
        try (CheckedInputStream in = new CheckedInputStream(zip.getInputStream(entry), new CRC32())) {
            Npy read = Npy.read(in, size);
            if (in.read() >= 0 || in.getChecksum().getValue() != entry.getCrc()) {
                throw new IOException("it is not what the archive's directory states");
            }
            return read;
        }
    }
}
