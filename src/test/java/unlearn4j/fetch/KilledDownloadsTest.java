package unlearn4j.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import unlearn4j.Killed;

/** Whoever is killed while downloading loses little: the next goes on, and leaves the file alone. */
@Tag("slow")
class KilledDownloadsTest {
    private static final byte[] FILE = Packed.gz(Packed.noise(90_000));

    @TempDir
    private Path cache;

    /** Downloads into the cache, and begins anew when it is done. */
    static final class Downloads {
        private Downloads() {}

        public static void main(String[] arguments) throws Exception {
            System.out.println("begins");
            while (true) {
                fetch(URI.create(arguments[0]), Path.of(arguments[1]));
                Files.delete(Path.of(arguments[1], "a.gz"));
            }
        }
    }

    private static Path fetch(URI uri, Path cache) {
        SourceFile file = new SourceFile("a.gz", uri, FILE.length, Packed.md5(FILE), Packed.BOUND);
        return Fetcher.from(Map.of("UNLEARN4J_DATA", cache.toString()))
                .fetch(Packed.source(List.of(file)))
                .file("a.gz")
                .path();
    }

    @Test
    void theNextDownloadGoesOnAndLeavesNothingElse() throws Exception {
        try (TestHost host = new TestHost()) {
            URI uri = host.serve("a.gz", FILE);
            Killed.again(
                    Downloads.class,
                    500,
                    () -> {
                        assertThat(fetch(uri, cache)).hasBinaryContent(FILE);
                        assertThat(Killed.names(cache)).doesNotContain(".partial");
                        Files.delete(cache.resolve("a.gz"));
                    },
                    uri.toString(),
                    cache.toString());
            fetch(uri, cache);
        }
        assertThat(Killed.names(cache)).containsExactly("a.gz", "a.gz.origin");
    }

    /** A kill after the file came to its place and before its lock went. */
    @Test
    void whatOneLeftWhoHadTheFileGoesWithTheNextFetch() throws Exception {
        try (TestHost host = new TestHost()) {
            URI uri = host.serve("a.gz", FILE);
            fetch(uri, cache);
            Path left = Files.createDirectories(cache.resolve(".partial"));
            for (String ending : List.of(".lock", ".part.of")) {
                Files.createFile(left.resolve("a.gz" + ending));
            }
            fetch(uri, cache);
        }
        assertThat(Killed.names(cache)).containsExactly("a.gz", "a.gz.origin");
    }
}
