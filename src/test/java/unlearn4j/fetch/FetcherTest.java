package unlearn4j.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FetcherTest {
    private static final byte[] FILE = Packed.gz(Packed.noise(1_000));

    private final TestHost host = new TestHost();

    @TempDir
    private Path cache;

    @AfterEach
    void stop() {
        host.close();
    }

    private Fetched fetch(Source source) {
        return Fetcher.from(Map.of("UNLEARN4J_DATA", cache.toString()), Duration.ZERO)
                .fetch(source);
    }

    /** Fetches in vain; checks that the message is one line with a way out and that the cache is as it was. */
    private String refusal(Source source) {
        SortedMap<String, String> before = Packed.listing(cache);
        FetchException refused = catchThrowableOfType(FetchException.class, () -> fetch(source));
        assertThat(refused).as("refused").isNotNull();
        assertThat(refused.getMessage())
                .startsWith("Tiny: " + source.files().get(0).name() + " can't be had from ")
                .contains("set UNLEARN4J_MIRROR to", "put the file at " + cache)
                .doesNotContain("\n", "\r");
        assertThat(Packed.listing(cache)).isEqualTo(before);
        return refused.getMessage();
    }

    /** The cache holds something that must not change. */
    private void fill() {
        fetch(Packed.source(host, "good.gz", FILE));
        host.requests.clear();
    }

    @Test
    void aFileIsFetchedOnceAndThenFoundInTheCache() {
        Source source = Packed.source(host, "sub/a.gz", FILE);
        FetchedFile first = fetch(source).file("a.gz");
        assertThat(first.path()).isEqualTo(cache.resolve("sub/a.gz")).hasBinaryContent(FILE);
        assertThat(first.sha256()).isEqualTo(Packed.sha256(FILE));
        assertThat(first.origin()).isEqualTo(host.uri("sub/a.gz").toString());
        assertThat(fetch(source).file("a.gz")).isEqualTo(first);
        assertThat(fetch(source).sha256()).containsExactly(Map.entry("sub/a.gz", first.sha256()));
        assertThat(host.requests).containsExactly("/sub/a.gz");
        assertThat(Packed.listing(cache)).containsOnlyKeys("", "sub", "sub/a.gz", "sub/a.gz.origin");
    }

    @Test
    void aFullCacheIsSaidWithoutJavasNamesAndNothingIsLeftOnIt() throws IOException {
        Path full = Path.of("/dev/full");
        assumeThat(full).exists();
        Source source = Packed.source(host, "a.gz", FILE);
        Path part = Files.createDirectories(cache.resolve(".partial")).resolve("a.gz.part");
        Files.createSymbolicLink(part, full);

        assertThatThrownBy(() -> fetch(source))
                .isInstanceOf(FetchException.class)
                .hasMessageContainingAll(
                        "Tiny can't be kept in the cache " + cache + " (",
                        "No space left on device): set UNLEARN4J_DATA to a folder that can be written and has room")
                .hasMessageNotContaining("Exception");
        assertThat(Packed.listing(cache)).containsOnlyKeys("");
        assertThat(fetch(source).file("a.gz").path()).hasBinaryContent(FILE);
    }

    @Test
    void aFileChangedInTheCacheIsFetchedAgain() throws IOException {
        Source source = Packed.source(host, "a.gz", FILE);
        Path file = fetch(source).file("a.gz").path();
        Files.write(file, Arrays.copyOf(FILE, 500));
        assertThat(fetch(source).file("a.gz").path()).hasBinaryContent(FILE);
        assertThat(host.requests).hasSize(2);
    }

    @Test
    void aFilePutThereByHandIsUsedIfItIsTheRightOne() {
        Source source = Packed.source(host, "a.gz", FILE);
        Packed.write(cache.resolve("a.gz"), FILE);
        assertThat(fetch(source).file("a.gz").origin()).isEqualTo("put there by hand");
        assertThat(host.requests).isEmpty();
    }

    @Test
    void aWrongFilePutThereByHandIsNamedWhereTheRightOneCannotBeHad() {
        Source source = Packed.source(host, "a.gz", FILE);
        host.status = 404;
        Packed.write(cache.resolve("a.gz"), Packed.noise(FILE.length));
        assertThat(refusal(source))
                .contains("it answers 404; what lies at " + cache.resolve("a.gz") + " is not it, its MD5 is "
                        + Packed.md5(Packed.noise(FILE.length)));
    }

    @Test
    void anAnswerOf404IsRefused() {
        fill();
        Source source = Packed.source(host, "a.gz", FILE);
        host.status = 404;
        assertThat(refusal(source)).contains("from " + host.uri("a.gz") + " (it answers 404)");
        assertThat(host.requests).as("asked once").hasSize(1);
    }

    @Test
    void aDeadHostIsRefused() {
        fill();
        Source source = Packed.source(host, "a.gz", FILE);
        host.close();
        assertThat(refusal(source)).contains("no connection to 127.0.0.1");
    }

    @Test
    void anEndlessRedirectIsRefused() {
        fill();
        SourceFile file = new SourceFile("a.gz", host.redirect("a.gz", "/b.gz"), 10, Packed.md5(FILE), 10);
        host.redirect("b.gz", host.uri("a.gz").toString());
        assertThat(refusal(Packed.source(List.of(file)))).contains("it redirects more than 10 times");
        assertThat(host.requests).hasSize(11);
    }

    @Test
    void aRedirectIsFollowed() {
        host.serve("b.gz", FILE);
        SourceFile file = new SourceFile("a.gz", host.redirect("a.gz", "/b.gz"), FILE.length, Packed.md5(FILE), 2_000);
        assertThat(fetch(Packed.source(List.of(file))).file("a.gz").path()).hasBinaryContent(FILE);
    }

    @Test
    void aRedirectNeverLeavesHttps() throws Failure {
        assertThat(Http.follow(URI.create("https://a.org/x"), "https://b.org/y"))
                .hasToString("https://b.org/y");
        for (String location : List.of("http://a.org/x", "http://127.0.0.1/x", "file:///etc/passwd", "ftp://a.org/x")) {
            assertThatThrownBy(() -> Http.follow(URI.create("https://a.org/x"), location))
                    .isInstanceOf(Failure.class)
                    .hasMessageContaining("not HTTPS");
        }
    }

    @Test
    void aWrongChecksumIsRefused() {
        fill();
        byte[] other = FILE.clone();
        other[100] ^= 1;
        SourceFile file = new SourceFile("a.gz", host.serve("a.gz", other), FILE.length, Packed.md5(FILE), 2_000);
        assertThat(refusal(Packed.source(List.of(file))))
                .contains("its MD5 is " + Packed.md5(other) + " where its authors state " + Packed.md5(FILE));
    }

    @Test
    void aWrongSizeIsRefusedBeforeItComes() {
        fill();
        SourceFile file = new SourceFile("a.gz", host.serve("a.gz", FILE), 500, Packed.md5(FILE), 2_000);
        assertThat(refusal(Packed.source(List.of(file))))
                .contains("it has " + FILE.length + " bytes where 500 were expected");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void aBadArchiveIsRefused(String what, String path, byte[] archive, String reason) {
        fill();
        assertThat(refusal(Packed.source(host, path, archive)))
                .contains("its archive is refused: ")
                .contains(reason);
    }

    static Stream<Arguments> aBadArchiveIsRefused() {
        byte[] tar = Packed.tar(Packed.file("d/a", 3_000));
        byte[] zip = Packed.zip(3_000, "d/a");
        byte[] wrong = FILE.clone();
        wrong[wrong.length - 8] ^= 1;
        byte[] wrongInside = zip.clone();
        // The place of the CRC-32 in the only entry of the zip's directory, which ends with 22 bytes of its own.
        wrongInside[zip.length - 22 - 46 - "d/a".length() + 16] ^= 1;
        int bomb = (int) Packed.BOUND + 1;
        return Stream.of(
                Arguments.of("a path above", "a.tar.gz", Packed.tar(Packed.file("../evil", 1)), "../evil leads out"),
                Arguments.of("a path up and down", "a.tar.gz", Packed.tar(Packed.file("d/../../evil", 1)), "leads out"),
                Arguments.of("an absolute path", "a.tar.gz", Packed.tar(Packed.file("/evil", 1)), "/evil leads out"),
                Arguments.of(
                        "a path of two lines",
                        "a.tar.gz",
                        Packed.tar(Packed.file("../e\nvil", 1)),
                        "../e?vil leads out"),
                Arguments.of("a symbolic link", "a.tar.gz", Packed.tar(Packed.link("d", true)), "entry d is a link"),
                Arguments.of("a hard link", "a.tar.gz", Packed.tar(Packed.link("d", false)), "entry d is a link"),
                Arguments.of(
                        "a device", "a.tar.gz", Packed.tar(new TarArchiveEntry("d", TarConstants.LF_CHR)), "a device"),
                Arguments.of(
                        "a name twice",
                        "a.tar.gz",
                        Packed.tar(Packed.file("d", 1), Packed.file("d", 1)),
                        "comes twice"),
                Arguments.of(
                        "a bomb", "a.tar.gz", Packed.tar(Packed.file("d", bomb)), "more bytes than the data set has"),
                Arguments.of("a truncated archive", "a.tar.gz", Arrays.copyOf(tar, tar.length / 2), ""),
                Arguments.of("a truncated tar", "a.tar.gz", Packed.gz(new byte[] {'d', 0, 0}), ""),
                Arguments.of("no archive", "a.tar.gz", Packed.noise(3_000), ""),
                Arguments.of("a path above", "a.zip", Packed.zip(1, "ok", "../evil"), "../evil leads out"),
                Arguments.of("an absolute path", "a.zip", Packed.zip(1, "/evil"), "/evil leads out"),
                Arguments.of("a Windows path", "a.zip", Packed.zip(1, "C:/evil"), "C:/evil leads out"),
                Arguments.of("a bomb", "a.zip", Packed.zip(bomb / 2 + 1, "a", "b"), "more bytes than the data set has"),
                Arguments.of("a truncated archive", "a.zip", Arrays.copyOf(zip, zip.length / 2), ""),
                Arguments.of(
                        "a wrong checksum inside", "a.zip", wrongInside, "not what the archive's directory states"),
                Arguments.of("no archive", "a.zip", Packed.noise(3_000), ""),
                Arguments.of("a bomb", "a.gz", Packed.gz(new byte[bomb]), "more bytes than the data set has"),
                Arguments.of("a truncated archive", "a.gz", Arrays.copyOf(FILE, 500), ""),
                Arguments.of("bytes behind the end", "a.gz", Arrays.copyOf(FILE, FILE.length + 3), ""),
                Arguments.of("a wrong checksum inside", "a.gz", wrong, ""));
    }

    @Test
    void anArchiveCutAtAnyByteIsRefused() {
        Map<String, byte[]> archives = Map.of(
                "a.gz",
                Packed.gz(Packed.noise(20)),
                "a.tar.gz",
                Packed.tar(Packed.file("d/a", 10)),
                "a.zip",
                Packed.zip(10, "d/a"));
        archives.forEach((name, archive) -> {
            for (int cut = 1; cut < archive.length; cut++) {
                Path file = cache.resolve(name);
                Packed.write(file, Arrays.copyOf(archive, cut));
                assertThatThrownBy(() -> new Archive(name, file, Packed.BOUND).forEach((entry, in) -> {}))
                        .as("%s cut at %d", name, cut)
                        .isInstanceOf(FetchException.class)
                        .hasMessageStartingWith(name + " can't be read (")
                        .hasMessageEndingWith("fetch it again");
            }
        });
    }

    @Test
    void anArchiveGivesItsFilesInOrder() throws IOException {
        Path file = cache.resolve("a.tar.gz");
        Packed.write(
                file, Packed.tar(new TarArchiveEntry("./d/", true), Packed.file("./d/b", 3), Packed.file("a", 700)));
        StringBuilder seen = new StringBuilder();
        new Archive("a.tar.gz", file, Packed.BOUND).forEach((name, in) -> {
            try (in) {
                seen.append(name).append(' ').append(in.readAllBytes().length).append(' ');
            }
        });
        assertThat(seen).hasToString("./d/b 3 a 700 ");
    }

    @Test
    void whatFailsTakesNothingFromAFileThatWasThere() throws IOException {
        Source source = Packed.source(host, "a.gz", FILE);
        Path file = fetch(source).file("a.gz").path();
        Files.write(file, Packed.noise(10));
        host.serve("a.gz", Packed.noise(FILE.length));
        assertThat(refusal(source)).contains("its MD5 is");
    }

    @Test
    void aCacheThatCannotBeWrittenIsNamed() {
        Path occupied = cache.resolve("file");
        Packed.write(occupied, FILE);
        assertThatThrownBy(() -> Fetcher.from(Map.of("UNLEARN4J_DATA", occupied.toString()))
                        .fetch(Packed.source(host, "a.gz", FILE)))
                .isInstanceOf(FetchException.class)
                .hasMessageContainingAll("the cache " + occupied, "set UNLEARN4J_DATA to a folder")
                .hasMessageNotContaining("Exception");
    }

    @Test
    void withoutANetworkDebiansPackageWillDo(@TempDir Path folder) {
        byte[] packaged = Packed.gz(Packed.noise(900));
        Packed.write(folder.resolve("a.gz"), packaged);
        Source source = debian(folder, Packed.sha256(packaged));
        host.close();
        FetchedFile file = fetch(source).file("a.gz");
        assertThat(file.path()).isEqualTo(cache.resolve("a.gz")).hasBinaryContent(packaged);
        assertThat(file.origin()).isEqualTo(folder.resolve("a.gz").toString());
        assertThat(fetch(source).file("a.gz")).isEqualTo(file);
    }

    @Test
    void withANetworkTheAuthorsFilesComeFirst(@TempDir Path folder) {
        byte[] packaged = Packed.gz(Packed.noise(900));
        Packed.write(folder.resolve("a.gz"), packaged);
        assertThat(fetch(debian(folder, Packed.sha256(packaged))).file("a.gz").path())
                .hasBinaryContent(FILE);
    }

    @Test
    void withoutANetworkAnotherPackageThanTheKnownOneIsRefused(@TempDir Path folder) {
        byte[] packaged = Packed.gz(Packed.noise(900));
        Packed.write(folder.resolve("a.gz"), packaged);
        Source source = debian(folder, Packed.sha256(FILE));
        host.status = 404;
        assertThat(refusal(source))
                .contains(
                        "it answers 404, nor from " + folder.resolve("a.gz"),
                        "its SHA-256 is " + Packed.sha256(packaged),
                        "install Debian's package dataset-tiny");
    }

    private Source debian(Path folder, String sha256) {
        SourceFile file = new SourceFile("a.gz", host.serve("a.gz", FILE), FILE.length, Packed.md5(FILE), 2_000);
        return new Source(
                "tiny",
                "Tiny",
                "free",
                1,
                1,
                List.of(file),
                Optional.of(new DebianPackage("dataset-tiny", folder, Map.of("a.gz", sha256))));
    }
}
