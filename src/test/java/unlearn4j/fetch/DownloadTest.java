package unlearn4j.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import unlearn4j.core.Screen;

class DownloadTest {
    private static final byte[] FILE = Packed.gz(Packed.noise(40_000));

    private final TestHost host = new TestHost();
    private final Screen before = Screen.current();
    private final WatchedScreen screen = new WatchedScreen();

    @TempDir
    private Path cache;

    @BeforeEach
    void watch() {
        Screen.use(screen);
        // The JDK's client drops bytes that it has not handed on when the connection breaks; so wait for them.
        host.midway = screen::awaitDone;
    }

    @AfterEach
    void stop() {
        host.close();
        Screen.use(before);
    }

    private Path fetch(Source source) {
        return fetch(source, cache);
    }

    private static Path fetch(Source source, Path cache) {
        return Fetcher.from(Map.of("UNLEARN4J_DATA", cache.toString()), Duration.ZERO)
                .fetch(source)
                .file("a.gz")
                .path();
    }

    /** Sends that many bytes, then breaks the connection, then has no more answers. */
    private void breakAt(int bytes) {
        host.cutAt = bytes;
        host.cuts.set(1);
        host.midway = place -> {
            screen.awaitDone(place);
            host.status = 503;
        };
    }

    private void mend() {
        host.status = 0;
        host.cutAt = 0;
        host.midway = place -> {};
        host.requests.clear();
        host.bodyBytes.set(0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDownloadCutAtAnyByteResumes(boolean ranges) {
        byte[] small = Packed.gz(Packed.noise(40));
        Source source = Packed.source(host, "a.gz", small);
        host.ranges = ranges;
        for (int cut = 0; cut <= small.length; cut++) {
            screen.forget();
            host.requests.clear();
            host.cutAt = cut;
            host.cuts.set(1);
            Path file = fetch(source, cache.resolve("" + cut));
            assertThat(file).as("cut at %d", cut).hasBinaryContent(small);
            if (cut == small.length) {
                assertThat(host.requests).containsExactly("/a.gz");
            } else {
                assertThat(host.requests).containsExactly("/a.gz", cut == 0 ? "/a.gz" : "/a.gz bytes=" + cut + "-");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1_000, 4_095, 4_096, 16_385, 40_000})
    void aDownloadCutAgainAndAgainSendsEachByteOnce(int cut) {
        host.cutAt = cut;
        host.cuts.set(Integer.MAX_VALUE);
        assertThat(fetch(Packed.source(host, "a.gz", FILE))).hasBinaryContent(FILE);
        assertThat(host.bodyBytes).hasValue(FILE.length);
        assertThat(host.requests).hasSize((FILE.length + cut - 1) / cut);
    }

    @Test
    void theNextCallGoesOnWhereABrokenOneStopped() {
        Source source = Packed.source(host, "a.gz", FILE);
        breakAt(10_000);
        assertThatThrownBy(() -> fetch(source))
                .isInstanceOf(FetchException.class)
                .hasMessageContainingAll("Tiny: a.gz can't be had", "it answers 503", "UNLEARN4J_MIRROR");
        assertThat(cache.resolve(".partial/a.gz.part")).hasBinaryContent(Arrays.copyOf(FILE, 10_000));
        assertThat(host.requests).hasSize(4);

        mend();
        assertThat(fetch(source)).hasBinaryContent(FILE);
        assertThat(host.requests).containsExactly("/a.gz bytes=10000-");
        assertThat(host.bodyBytes).hasValue(FILE.length - 10_000);
        assertThat(cache.resolve(".partial")).doesNotExist();
        assertThat(screen.shown())
                .containsSubsequence(
                        "Tiny: a.gz, 40033 B", "closed", "Tiny: a.gz, 30033 B", "0.0 MB were here already", "closed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"2\"", ""})
    void aFileThatChangedMeanwhileIsFetchedFromItsStart(String laterVersion) {
        byte[] old = FILE.clone();
        old[20] ^= 1;
        Source source = Packed.source(host, "a.gz", FILE);
        host.serve("a.gz", old);
        host.etag = laterVersion.isEmpty() ? "" : "\"1\"";
        breakAt(10_000);
        assertThatThrownBy(() -> fetch(source)).isInstanceOf(FetchException.class);

        mend();
        host.etag = laterVersion;
        host.serve("a.gz", FILE);
        assertThat(fetch(source)).hasBinaryContent(FILE);
        // A host that states a version sends the new one at once; else only the checksum shows that parts don't fit.
        assertThat(host.requests)
                .containsExactlyElementsOf(
                        laterVersion.isEmpty()
                                ? List.of("/a.gz bytes=10000-", "/a.gz")
                                : List.of("/a.gz bytes=10000-"));
    }

    @Test
    void aWholePartialFileIsNotFetchedAgain() {
        Source source = Packed.source(host, "a.gz", FILE);
        Packed.write(cache.resolve(".partial/a.gz.part"), FILE);
        Packed.write(
                cache.resolve(".partial/a.gz.part.of"),
                (host.uri("a.gz") + "\n\"1\"\n").getBytes(StandardCharsets.UTF_8));
        assertThat(fetch(source)).hasBinaryContent(FILE);
        assertThat(host.requests).isEmpty();
    }

    @Test
    void aPartialFileOfAnotherUrlIsNotUsed() {
        Source source = Packed.source(host, "a.gz", FILE);
        Packed.write(cache.resolve(".partial/a.gz.part"), new byte[100]);
        Packed.write(
                cache.resolve(".partial/a.gz.part.of"),
                "https://example.org/a.gz\n\"1\"\n".getBytes(StandardCharsets.UTF_8));
        assertThat(fetch(source)).hasBinaryContent(FILE);
        assertThat(host.requests).containsExactly("/a.gz");
    }

    @Test
    void anInterruptStopsTheDownloadAndTheNextCallGoesOn() throws Exception {
        Source source = Packed.source(host, "a.gz", FILE);
        CountDownLatch reached = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        host.cutAt = 10_000;
        host.midway = place -> {
            screen.awaitDone(place);
            reached.countDown();
            try {
                goOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                fetch(source);
                flag.complete(false);
            } catch (CancellationException e) {
                flag.complete(Thread.currentThread().isInterrupted());
            } catch (RuntimeException e) {
                flag.completeExceptionally(e);
            }
        });
        thread.start();
        reached.await();
        thread.interrupt();
        assertThat(flag.get()).as("cancelled, and the thread's flag still set").isTrue();
        assertThat(cache.resolve(".partial/a.gz.part")).hasSize(10_000);
        assertThat(cache.resolve(".partial/a.gz.lock")).doesNotExist();

        goOn.countDown();
        mend();
        assertThat(fetch(source)).hasBinaryContent(FILE);
        assertThat(host.requests).containsExactly("/a.gz bytes=10000-");
    }

    @Test
    void anInterruptBeforeTheCallStopsItToo() {
        Source source = Packed.source(host, "a.gz", FILE);
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> fetch(source)).isInstanceOf(CancellationException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(host.requests).isEmpty();
        assertThat(Packed.listing(cache)).containsOnlyKeys("");
    }
}
