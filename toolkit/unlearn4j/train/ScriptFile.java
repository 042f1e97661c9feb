package unlearn4j.train;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.apache.commons.compress.utils.SeekableInMemoryByteChannel;
import unlearn4j.core.Check;

/** A file of {@code torch.jit.save}: a zip, told from others by its directory before libtorch sees any of it. */
final class ScriptFile {
    private static final String HOW = "in Python torch.jit.script(net).save(\"body.pt\") saves what is loaded here";
    /** What all packed entries may unpack to beyond the file's own size: those of a TorchScript are its code alone. */
    private static final long PACKED = 1L << 26;

    private ScriptFile() {}

    /**
     * Reads a file whole.
     *
     * @return its bytes, a TorchScript's as far as its directory and its checksums tell
     * @throws IllegalArgumentException if they are something else, or damaged
     */
    static byte[] read(Path file) throws IOException {
        long size = Files.size(file);
        Check.that(size < Integer.MAX_VALUE - 8, "its %d bytes are more than an array holds, 2 GiB", size);
        byte[] bytes = Files.readAllBytes(file);
        boolean packed = bytes.length > 1 && bytes[0] == 'P' && bytes[1] == 'K';
        Check.that(
                packed || bytes.length < 2 || bytes[0] != (byte) 0x80 || bytes[1] >= 6,
                "it is a pickle, which is a program and is never run; %s",
                HOW);
        Check.that(packed, "it is no TorchScript, which is a zip; %s", HOW);
        try (ZipFile zip = ZipFile.builder()
                .setSeekableByteChannel(new SeekableInMemoryByteChannel(bytes))
                .get()) {
            List<ZipArchiveEntry> entries = Collections.list(zip.getEntries());
            checkKind(entries);
            checkWhole(zip, entries, size);
        } catch (IOException e) {
            throw Check.refusal("its zip is cut off or damaged: take a copy, or save it again; %s", HOW);
        }
        return bytes;
    }

    private static void checkKind(List<ZipArchiveEntry> entries) {
        List<String> inside = entries.stream()
                .map(entry -> entry.getName().substring(entry.getName().indexOf('/') + 1))
                .toList();
        boolean code = inside.stream().anyMatch(name -> name.startsWith("code/"));
        Check.that(
                code || !inside.contains("data.pkl"),
                "it is what torch.save writes, a pickle, which is a program and is never run; %s",
                HOW);
        Check.that(
                code && inside.contains("data.pkl") && inside.contains("constants.pkl"),
                "it is a zip and no TorchScript, it has no code/, data.pkl or constants.pkl; %s",
                HOW);
    }

    /** libtorch doesn't look at the checksums. */
    private static void checkWhole(ZipFile zip, List<ZipArchiveEntry> entries, long size) throws IOException {
        long left = size + PACKED;
        for (ZipArchiveEntry entry : entries) {
            left -= entry.getSize();
            Check.that(entry.getSize() >= 0 && left >= 0, "it unpacks to more than its code could: it is a zip bomb");
            try (InputStream in = zip.getInputStream(entry);
                    CheckedInputStream summed = new CheckedInputStream(in, new CRC32())) {
                summed.transferTo(OutputStream.nullOutputStream());
                Check.that(
                        summed.getChecksum().getValue() == entry.getCrc(),
                        "%s in it is damaged, its checksum is wrong: take a copy, or save it again",
                        entry.getName());
            }
        }
    }
}
