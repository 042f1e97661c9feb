package unlearn4j.fetch;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import unlearn4j.core.Screen;

/**
 * Keeps a file to one thread of one process. The lock file is deleted with its lock, so a failed fetch leaves nothing
 * behind; whoever waited for the deleted file starts over.
 */
final class CacheLock implements AutoCloseable {
    /** A file lock holds for a whole process, so the threads of this one need a lock of their own. */
    private static final Map<Path, ReentrantLock> THREADS = new ConcurrentHashMap<>();

    private final Path file;
    private final ReentrantLock threads;
    private final FileChannel channel;

    private CacheLock(Path file, ReentrantLock threads, FileChannel channel) {
        this.file = file;
        this.threads = threads;
        this.channel = channel;
    }

    /**
     * Waits for the lock, and says so if another holds it.
     *
     * @param what what the other is at, for the screen
     * @throws java.util.concurrent.CancellationException if the thread is interrupted
     */
    static CacheLock on(Path file, String what) throws IOException {
        ReentrantLock threads = THREADS.computeIfAbsent(file.toAbsolutePath().normalize(), path -> new ReentrantLock());
        try {
            if (!threads.tryLock()) {
                waiting(what);
                threads.lockInterruptibly();
            }
        } catch (InterruptedException e) {
            throw Http.interrupted();
        }
        try {
            return new CacheLock(file, threads, locked(file, what));
        } catch (FileLockInterruptionException e) {
            threads.unlock();
            throw Http.interrupted();
        } catch (IOException | RuntimeException e) {
            threads.unlock();
            throw e;
        }
    }

    private static FileChannel locked(Path file, String what) throws IOException {
        while (true) {
            Files.createDirectories(file.getParent());
            try {
                Files.createFile(file);
            } catch (FileAlreadyExistsException e) {
                // Another process holds it, or one died with it; either way its lock tells.
            } catch (NoSuchFileException e) {
                continue;
            }
            FileChannel channel = null;
            boolean held = false;
            try {
                Object before = key(file);
                channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock();
                if (lock == null) {
                    waiting(what);
                    lock = channel.lock();
                }
                // Only a lock on the file that still lies there keeps others out: its last holder has deleted any
                // other.
                held = lock.isValid() && before.equals(key(file));
                if (held) {
                    return channel;
                }
            } catch (NoSuchFileException e) {
                // Deleted by its last holder.
            } finally {
                if (channel != null && !held) {
                    channel.close();
                }
            }
        }
    }

    private static void waiting(String what) {
        Screen.current().show("waiting for another that fetches " + what);
    }

    private static Object key(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            Files.deleteIfExists(file);
            Files.deleteIfExists(file.getParent());
        } catch (DirectoryNotEmptyException e) {
            // Others are at work there.
        } finally {
            threads.unlock();
        }
    }
}
