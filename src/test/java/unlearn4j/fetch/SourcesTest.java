package unlearn4j.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourcesTest {
    private static final String MD5 = "0".repeat(32);

    @Test
    void everyDataSetHasItsOwnNameAndPlaces() {
        assertThat(Sources.all())
                .extracting(Source::id)
                .doesNotHaveDuplicates()
                .containsExactly("mnist", "fashion-mnist", "cifar-10", "cifar-100", "tiny-imagenet");
        assertThat(Sources.all())
                .flatExtracting(Source::files)
                .extracting(SourceFile::path)
                .doesNotHaveDuplicates();
    }

    @Test
    void everyFileComesByHttpsUnderItsOwnName() {
        assertThat(Sources.all()).flatExtracting(Source::files).allSatisfy(file -> {
            assertThat(file.uri()).hasScheme("https");
            assertThat(file.uri().getPath()).endsWith("/" + file.name());
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"http://example.org/a.gz", "ftp://example.org/a.gz", "a.gz", "http://127.0.0.1.example.org/a"})
    void aUriThatIsNotHttpsIsRefused(String uri) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SourceFile("a.gz", URI.create(uri), 1, MD5, 1))
                .withMessage("uri (%s) of a.gz must begin with https://", uri);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../a.gz", "/a.gz", "a/../../b.gz", "a.rar", "", "a b/c.gz"})
    void aPathThatIsNoPlainPathToAnArchiveIsRefused(String path) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SourceFile(path, URI.create("https://example.org/a"), 1, MD5, 1))
                .withMessageStartingWith("path (" + path + ") must be");
    }

    @Test
    void theCacheLiesInTheHomeFolderIfNothingElseIsSaid() {
        assertThat(Fetcher.from(Map.of()).cache())
                .isEqualTo(Path.of(System.getProperty("user.home"), ".cache", "unlearn4j"));
        assertThat(Fetcher.from(Map.of("UNLEARN4J_DATA", "x")).cache())
                .isEqualTo(Path.of("x").toAbsolutePath());
    }
}
