package unlearn4j.fetch;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import unlearn4j.core.Check;
import unlearn4j.core.Reason;

/**
 * Reads what is packed in a {@code .tar.gz}, {@code .zip} or {@code .gz} file, entry by entry, without writing anything
 * to disk. It refuses an archive with a name that leads out of its folder, a link, a name that comes twice, more bytes
 * than the data set can have, a wrong checksum, or an end before its time.
 */
public final class Archive {
    private static final int TAR_BLOCK = 512;

    private final String name;
    private final Path file;
    private final long unpackedBytes;

    /** Takes the entries, one after another. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * Takes one entry.
         *
         * @param name its name, folders divided by {@code /}; of a {@code .gz} file its own name without the ending
         * @param in its bytes, good until this method returns; closing it does nothing
         * @throws IOException if the bytes can't be read
         */
        void entry(String name, InputStream in) throws IOException;
    }

    /**
     * Describes an archive.
     *
     * @param name the name to go by: its ending says how it is packed, and messages show it
     * @param file where it lies
     * @param unpackedBytes how many bytes it may hold, unpacked
     */
    Archive(String name, Path file, long unpackedBytes) {
        this.name = name;
        this.file = file;
        this.unpackedBytes = unpackedBytes;
    }

    /**
     * Returns the archive in a file.
     *
     * @param file where it lies; its name ends in {@code .tar.gz}, {@code .zip} or {@code .gz}
     * @param unpackedBytes how many bytes it may hold, unpacked
     */
    public static Archive of(Path file, long unpackedBytes) {
        return new Archive(Check.given("file", file).toString(), file, unpackedBytes);
    }

    /**
     * Reads all entries that are files, in the order in which they lie in the archive.
     *
     * @throws FetchException if the archive is refused; the visitor may have seen some entries by then
     * @throws java.util.concurrent.CancellationException if the thread is interrupted
     */
    public void forEach(Visitor visitor) {
        try {
            read(Check.given("visitor", visitor));
        } catch (IOException e) {
            throw new FetchException(name + " can't be read (" + Reason.of(e) + "): delete it and fetch it again", e);
        }
    }

    /** Reads everything and keeps nothing, to see whether it can be read. */
    void walk() throws IOException {
        read((entry, in) -> {});
    }

    private void read(Visitor visitor) throws IOException {
        try {
            if (name.endsWith(".zip")) {
                zip(visitor);
            } else if (name.endsWith(".tar.gz")) {
                tar(visitor);
            } else {
                gzip(visitor);
            }
        } catch (InterruptedIOException | ClosedByInterruptException e) {
            throw Http.interrupted();
        }
    }

    private void gzip(Visitor visitor) throws IOException {
        try (InputStream in = unpacked()) {
            visit(visitor, name.replaceAll("^.*/|\\.gz$", ""), in);
        }
    }

    private void tar(Visitor visitor) throws IOException {
        Set<String> names = new HashSet<>();
        // The guard lies below the tar reader, so that headers count as well.
        try (Guard unpacked = unpacked();
                TarArchiveInputStream tar = new TarArchiveInputStream(unpacked)) {
            for (TarArchiveEntry entry = next(tar); entry != null; entry = next(tar)) {
                check(entry.getName(), names);
                if (entry.isDirectory()) {
                    continue;
                }
                if (entry.isSymbolicLink()
                        || entry.isLink()
                        || !entry.isFile()
                        || !tar.canReadEntryData(entry)
                        || entry.isCharacterDevice()
                        || entry.isBlockDevice()
                        || entry.isFIFO()) {
                    throw new IOException("entry " + entry.getName() + " is a link or a device, not a file");
                }
                visit(visitor, entry.getName(), new Unclosed(tar));
            }
            // What follows the last entry is padding, and gzip's own checksum.
            unpacked.transferTo(OutputStream.nullOutputStream());
            if (names.isEmpty() || unpacked.count % TAR_BLOCK != 0) {
                throw new IOException("it ends before its time");
            }
        }
    }

    private static TarArchiveEntry next(TarArchiveInputStream tar) throws IOException {
        try {
            return tar.getNextEntry();
        } catch (IllegalArgumentException | IndexOutOfBoundsException | NegativeArraySizeException e) {
            throw new IOException("not a tar archive", e);
        }
    }

    private void zip(Visitor visitor) throws IOException {
        Set<String> names = new HashSet<>();
        long left = unpackedBytes;
        try (ZipFile zip = ZipFile.builder().setPath(file).get()) {
            Enumeration<ZipArchiveEntry> entries = zip.getEntriesInPhysicalOrder();
            while (entries.hasMoreElements()) {
                ZipArchiveEntry entry = entries.nextElement();
                check(entry.getName(), names);
                if (entry.isDirectory()) {
                    continue;
                }
                if (entry.isUnixSymlink() || !zip.canReadEntryData(entry)) {
                    throw new IOException("entry " + entry.getName() + " is a link or encrypted, not a plain file");
                }
                Guard guard = new Guard(zip.getInputStream(entry), left);
                CheckedInputStream in = new CheckedInputStream(guard, new CRC32());
                visit(visitor, entry.getName(), new Unclosed(in));
                if (guard.count != entry.getSize() || in.getChecksum().getValue() != entry.getCrc()) {
                    throw new IOException("entry " + entry.getName() + " is not what the archive's directory states");
                }
                left -= guard.count;
            }
            if (names.isEmpty()) {
                throw new IOException("it holds nothing");
            }
        }
    }

    private static void check(String entry, Set<String> names) throws IOException {
        String path = entry.endsWith("/") ? entry.substring(0, entry.length() - 1) : entry;
        boolean inside = !path.isEmpty()
                && !path.startsWith("/")
                && !path.contains("\\")
                && path.indexOf('\0') < 0
                && !path.matches("[A-Za-z]:.*");
        for (String step : path.split("/", -1)) {
            inside &= !step.isEmpty() && !step.equals("..");
        }
        if (!inside) {
            throw new IOException("entry " + entry + " leads out of the archive's folder");
        }
        if (!names.add(path)) {
            throw new IOException("entry " + entry + " comes twice");
        }
    }

    /** The visitor need not read to the end, but the end must be there. */
    private static void visit(Visitor visitor, String entry, InputStream in) throws IOException {
        visitor.entry(entry, in);
        in.transferTo(OutputStream.nullOutputStream());
    }

    private Guard unpacked() throws IOException {
        InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
        try {
            return new Guard(
                    GzipCompressorInputStream.builder()
                            .setInputStream(in)
                            .setDecompressConcatenated(true)
                            .get(),
                    unpackedBytes);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }

    /** Returns the archive's name, for messages. */
    @Override
    public String toString() {
        return name;
    }

    /** Counts bytes, refuses too many, and looks at the thread's interrupt flag. */
    private static final class Guard extends FilterInputStream {
        private final long most;
        private long count;

        Guard(InputStream in, long most) {
            super(in);
            this.most = most;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (Thread.currentThread().isInterrupted()) {
                throw new InterruptedIOException();
            }
            int read = in.read(target, offset, length);
            count += Math.max(0, read);
            if (count > most) {
                throw new IOException("it unpacks to more bytes than the data set has");
            }
            return read;
        }

        @Override
        public long skip(long bytes) throws IOException {
            byte[] skipped = new byte[(int) Math.min(bytes, 1 << 16)];
            return Math.max(0, read(skipped, 0, skipped.length));
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }

    /** An entry's bytes: whoever closes them must not close the archive. */
    private static final class Unclosed extends FilterInputStream {
        Unclosed(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return in.read(target, offset, length);
        }

        @Override
        public void close() {
            // The archive closes its stream itself.
        }
    }
}
