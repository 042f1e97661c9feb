package unlearn4j.kernel;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * What a cell prints on one stream. The notebook's server drops a flood without a word, so the first {@value #AT_ONCE}
 * lines go out as they come, later ones together, a few times a second; past {@value #MOST_BYTES} bytes they go into a
 * file, and the cell ends with its name and the number of lines.
 */
final class Printed extends OutputStream {
    private static final int AT_ONCE = 300;
    private static final int MOST_BYTES = 1_000_000;
    private static final int MILLIS = 250;
    private static final ScheduledExecutorService SENDER = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "unlearn4j-printed");
        thread.setDaemon(true);
        return thread;
    });

    private final PrintStream to;
    private final BooleanSupplier attached;
    private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
    private int messages;
    private long shown;
    private long lines;
    private Path file;
    private OutputStream leftOut;

    /**
     * Makes a stream.
     *
     * @param to the kernel's own, which makes a message of each piece
     * @param attached whether there is a cell to show it
     */
    Printed(PrintStream to, BooleanSupplier attached) {
        this.to = to;
        this.attached = attached;
        SENDER.scheduleWithFixedDelay(this::send, MILLIS, MILLIS, TimeUnit.MILLISECONDS);
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public synchronized void write(byte[] bytes, int from, int length) throws IOException {
        if (leftOut == null && shown + pending.size() + length <= MOST_BYTES) {
            pending.write(bytes, from, length);
            return;
        }
        if (leftOut == null) {
            file = Files.createTempFile("unlearn4j-printed-", ".txt");
            // A stream, for an interrupt closes a channel.
            leftOut = new BufferedOutputStream(new FileOutputStream(file.toFile()));
        }
        leftOut.write(bytes, from, length);
        for (int i = from; i < from + length; i++) {
            lines += bytes[i] == '\n' ? 1 : 0;
        }
    }

    @Override
    public synchronized void flush() {
        if (messages < AT_ONCE) {
            send();
        }
    }

    private synchronized void send() {
        int whole = whole(pending.toByteArray());
        if (whole > 0 && attached.getAsBoolean()) {
            byte[] bytes = pending.toByteArray();
            pending.reset();
            pending.write(bytes, whole, bytes.length - whole);
            to.write(bytes, 0, whole);
            shown += whole;
            messages++;
        }
    }

    /** Returns how many of the bytes are whole characters. */
    private static int whole(byte[] bytes) {
        int last = bytes.length - 1;
        while (last >= 0 && (bytes[last] & 0xC0) == 0x80) {
            last--;
        }
        if (last < 0) {
            return bytes.length;
        }
        int first = bytes[last] & 0xFF;
        int length = first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        return last + length <= bytes.length ? bytes.length : last;
    }

    /** Sends what is left, for the cell ends; not on its thread, which may be interrupted. */
    void end() {
        CompletableFuture.runAsync(this::finish, SENDER).join();
    }

    private synchronized void finish() {
        send();
        if (leftOut != null) {
            String left = String.format(Locale.ROOT, "%n%,d lines left out, in the file %s%n", lines, file);
            try (OutputStream closed = leftOut) {
                closed.flush();
            } catch (IOException e) {
                left = String.format(Locale.ROOT, "%n%,d lines left out, not all in the file %s%n", lines, file);
            }
            byte[] words = left.getBytes(StandardCharsets.UTF_8);
            to.write(words, 0, words.length);
            leftOut = null;
        }
        messages = 0;
        shown = 0;
        lines = 0;
    }
}
