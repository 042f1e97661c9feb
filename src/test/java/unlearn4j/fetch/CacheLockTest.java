package unlearn4j.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import unlearn4j.core.Screen;

class CacheLockTest {
    private static final byte[] FILE = Packed.gz(Packed.noise(1_000));
    private static final String WAITING = "waiting for another that fetches a.gz";

    private final TestHost host = new TestHost();
    private final Screen before = Screen.current();

    @TempDir
    private Path cache;

    @AfterEach
    void stop() {
        host.close();
        Screen.use(before);
    }

    @Test
    void threadsThatFetchAtOnceDownloadOnce() throws Exception {
        Source source = Packed.source(host, "a.gz", FILE);
        WatchedScreen screen = new WatchedScreen();
        Screen.use(screen);
        host.midway = place -> screen.awaitShown(WAITING, 3);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<Fetched>> all = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                all.add(threads.submit(() ->
                        Fetcher.from(Map.of("UNLEARN4J_DATA", cache.toString())).fetch(source)));
            }
            for (Future<Fetched> one : all) {
                assertThat(one.get().file("a.gz").path()).hasBinaryContent(FILE);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(host.requests).containsExactly("/a.gz");
        assertThat(cache.resolve(".partial")).doesNotExist();
    }

    @Test
    void processesThatFetchAtOnceDownloadOnce() throws Exception {
        CountDownLatch oneWaits = new CountDownLatch(1);
        host.midway = place -> {
            try {
                oneWaits.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        URI uri = host.serve("a.gz", FILE);
        ExecutorService readers = Executors.newFixedThreadPool(2);
        List<Process> processes = List.of(process(uri), process(uri));
        try {
            List<Future<List<String>>> outputs = new ArrayList<>();
            for (Process process : processes) {
                outputs.add(readers.submit(() -> lines(process, oneWaits)));
            }
            List<String> all = new ArrayList<>();
            for (Future<List<String>> output : outputs) {
                all.addAll(output.get());
            }
            assertThat(all).filteredOn(line -> line.equals(WAITING)).hasSize(1);
            assertThat(all)
                    .filteredOn(line -> line.equals("has " + Packed.sha256(FILE)))
                    .hasSize(2);
        } finally {
            readers.shutdownNow();
            processes.forEach(Process::destroyForcibly);
        }
        assertThat(host.requests).containsExactly("/a.gz");
        assertThat(Packed.listing(cache)).containsOnlyKeys("", "a.gz", "a.gz.origin");
    }

    @Test
    void whoWaitedForALockFileThatIsGoneLocksTheOneThatIsThere() throws Exception {
        WatchedScreen screen = new WatchedScreen();
        Screen.use(screen);
        CountDownLatch otherHolds = new CountDownLatch(1);
        host.midway = place -> {
            otherHolds.countDown();
            screen.awaitShown(WAITING, 1);
        };
        Process other = process(host.serve("a.gz", FILE));
        try {
            otherHolds.await();
            Path file = cache.resolve(".partial/a.gz.lock");
            CacheLock lock = CacheLock.on(file, "a.gz");
            try (lock) {
                assertThat(cache.resolve("a.gz")).as("the other is done").hasBinaryContent(FILE);
                assertThat(file).exists();
            }
            assertThat(file).doesNotExist();
        } finally {
            other.destroyForcibly();
        }
    }

    private static List<String> lines(Process process, CountDownLatch oneWaits) throws IOException {
        List<String> lines = new ArrayList<>();
        try (BufferedReader output = process.inputReader()) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
                if (line.equals(WAITING)) {
                    oneWaits.countDown();
                }
            }
        }
        return lines;
    }

    private Process process(URI uri) throws IOException {
        String classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        classes,
                        OtherProcess.class.getName(),
                        uri.toString(),
                        cache.toString())
                .redirectErrorStream(true)
                .start();
    }

    /** Another kernel. */
    static final class OtherProcess {
        private OtherProcess() {}

        public static void main(String[] args) {
            SourceFile file = new SourceFile("a.gz", URI.create(args[0]), FILE.length, Packed.md5(FILE), Packed.BOUND);
            System.out.println("has "
                    + Fetcher.from(Map.of("UNLEARN4J_DATA", args[1]))
                            .fetch(Packed.source(List.of(file)))
                            .file("a.gz")
                            .sha256());
        }
    }

    @Test
    void aLockFileLeftByADeadProcessIsNoHindrance() throws IOException {
        Files.createDirectories(cache.resolve(".partial"));
        Files.createFile(cache.resolve(".partial/a.gz.lock"));
        Fetcher.from(Map.of("UNLEARN4J_DATA", cache.toString())).fetch(Packed.source(host, "a.gz", FILE));
        assertThat(cache.resolve(".partial")).doesNotExist();
    }
}
