package unlearn4j.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MirrorTest {
    private static final byte[] OFFICIAL = Packed.gz(Packed.noise(1_000));
    private static final byte[] SUBSET = Packed.gz(Packed.noise(300));

    private final TestHost host = new TestHost();
    private final Source source = Packed.source(host, "sub/a.gz", OFFICIAL);

    @TempDir
    private Path cache;

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        host.close();
    }

    private FetchedFile fetch(String mirror) {
        return Fetcher.from(Map.of("UNLEARN4J_DATA", cache.toString(), "UNLEARN4J_MIRROR", mirror), Duration.ZERO)
                .fetch(source)
                .file("a.gz");
    }

    private static byte[] sums(byte[] file, String path) {
        return (Packed.sha256(file) + "  " + path + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private void fillFolder(byte[] file) {
        Packed.write(folder.resolve("sub/a.gz"), file);
        Packed.write(folder.resolve("SHA256SUMS"), sums(file, "sub/a.gz"));
    }

    /** Fetches in vain; checks that the message is one line with a way out and that the cache is as it was. */
    private String refusal(String mirror) {
        SortedMap<String, String> before = Packed.listing(cache);
        FetchException refused = catchThrowableOfType(FetchException.class, () -> fetch(mirror));
        assertThat(refused).as("refused").isNotNull();
        assertThat(refused.getMessage())
                .startsWith("Tiny: a.gz can't be had from the mirror " + mirror + " (")
                .contains("unset UNLEARN4J_MIRROR")
                .doesNotContain("\n");
        assertThat(Packed.listing(cache)).isEqualTo(before);
        return refused.getMessage();
    }

    @Test
    void aFolderWithASubsetIsAMirror() {
        fillFolder(SUBSET);
        FetchedFile file = fetch(folder.toString());
        assertThat(file.path()).isEqualTo(cache.resolve("mirror/sub/a.gz")).hasBinaryContent(SUBSET);
        assertThat(file.origin()).isEqualTo(folder.resolve("sub/a.gz").toString());
        assertThat(fetch(folder.toUri().toString())).as("the same as file: URL").isEqualTo(file);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mirror", "mirror/"})
    void aUrlIsAMirror(String path) {
        host.serve("mirror/sub/a.gz", SUBSET);
        host.serve("mirror/SHA256SUMS", sums(SUBSET, "./sub/a.gz"));
        assertThat(fetch(host.uri(path).toString()).path()).hasBinaryContent(SUBSET);
        assertThat(fetch(host.uri(path).toString()).origin())
                .isEqualTo(host.uri("mirror/sub/a.gz").toString());
        assertThat(host.requests)
                .filteredOn(request -> request.endsWith("a.gz"))
                .hasSize(1);
    }

    @Test
    void aDownloadFromAMirrorResumesToo() {
        host.serve("SHA256SUMS", sums(OFFICIAL, "sub/a.gz"));
        host.ranges = true;
        Packed.write(cache.resolve(".partial/mirror_sub_a.gz.part"), java.util.Arrays.copyOf(OFFICIAL, 400));
        Packed.write(
                cache.resolve(".partial/mirror_sub_a.gz.part.of"),
                (host.uri("sub/a.gz") + "\n\"1\"\n").getBytes(StandardCharsets.UTF_8));
        assertThat(fetch(host.uri("").toString()).path()).hasBinaryContent(OFFICIAL);
        assertThat(host.requests).containsExactly("/SHA256SUMS", "/sub/a.gz bytes=400-");
    }

    @Test
    void theFilesOfAMirrorAndOfTheAuthorsAreKeptApart() {
        fillFolder(SUBSET);
        assertThat(fetch(folder.toString()).path()).hasBinaryContent(SUBSET);
        assertThat(fetch("").path()).hasBinaryContent(OFFICIAL);
        assertThat(fetch(folder.toString()).path()).hasBinaryContent(SUBSET);
        assertThat(host.requests).hasSize(1);
    }

    @Test
    void whatAMirrorNoLongerStatesIsFetchedAnew() {
        fillFolder(SUBSET);
        fetch(folder.toString());
        byte[] other = Packed.gz(Packed.noise(301));
        fillFolder(other);
        assertThat(fetch(folder.toString()).path()).hasBinaryContent(other);
    }

    @Test
    void anotherMirrorsFileIsNotServed() {
        fillFolder(SUBSET);
        fetch(folder.toString());
        byte[] other = Packed.gz(Packed.noise(301));
        host.serve("sub/a.gz", other);
        host.serve("SHA256SUMS", sums(other, "sub/a.gz"));
        assertThat(fetch(host.uri("").toString()).path()).hasBinaryContent(other);
    }

    @Test
    void whatCameFromAMirrorServesWhileItCannotBeReached() {
        host.serve("sub/a.gz", SUBSET);
        host.serve("SHA256SUMS", sums(SUBSET, "sub/a.gz"));
        String url = host.uri("").toString();
        FetchedFile file = fetch(url);
        host.close();
        assertThat(fetch(url)).isEqualTo(file);
        assertThat(refusal(url.replace("127.0.0.1", "127.0.0.2"))).contains("no connection to 127.0.0.2");
    }

    @Test
    void aMirrorThatIsNotThereIsRefused() {
        String missing = folder.resolve("missing").toString();
        assertThat(refusal(missing)).contains("no SHA256SUMS can be read there");
        assertThat(refusal(host.uri("").toString())).contains("its SHA256SUMS answers 404");
    }

    @Test
    void aMirrorThatCannotBeReadIsTheMirrorsFaultAndNamesItsVariable() throws IOException {
        fillFolder(OFFICIAL);
        Files.delete(folder.resolve("sub/a.gz"));
        Files.createDirectory(folder.resolve("sub/a.gz"));
        assertThat(refusal(folder.toString())).contains("it is a folder there");
        assertThatThrownBy(() -> fetch("https:///data"))
                .isInstanceOf(FetchException.class)
                .hasMessage("UNLEARN4J_MIRROR (https:///data) must be a folder or an https:// URL");
    }

    @Test
    void aMirrorThatDoesNotNameTheFileIsRefused() {
        fillFolder(SUBSET);
        Packed.write(folder.resolve("SHA256SUMS"), sums(SUBSET, "b.gz"));
        assertThat(refusal(folder.toString())).contains("its SHA256SUMS does not name sub/a.gz");
    }

    @Test
    void sumsThatAreNoneAreRefused() {
        fillFolder(SUBSET);
        Packed.write(folder.resolve("SHA256SUMS"), "<html>\n".getBytes(StandardCharsets.UTF_8));
        assertThat(refusal(folder.toString())).contains("line 1 of its SHA256SUMS is not a SHA-256");
    }

    @Test
    void aFileThatIsNotAsTheMirrorStatesIsRefused() {
        fillFolder(SUBSET);
        Packed.write(folder.resolve("SHA256SUMS"), sums(OFFICIAL, "sub/a.gz"));
        assertThat(refusal(folder.toString()))
                .contains(
                        "its SHA-256 is " + Packed.sha256(SUBSET),
                        "the mirror's SHA256SUMS states " + Packed.sha256(OFFICIAL));
    }

    @Test
    void aFileThatTheMirrorNamesButLacksIsRefused() throws IOException {
        fillFolder(SUBSET);
        Files.delete(folder.resolve("sub/a.gz"));
        assertThat(refusal(folder.toString())).contains("it can't be read there");
    }

    @Test
    void aBombFromAMirrorIsRefused() {
        fillFolder(Packed.gz(new byte[(int) Packed.BOUND + 1]));
        assertThat(refusal(folder.toString())).contains("more bytes than the data set has");
    }
}
