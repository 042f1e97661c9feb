package unlearn4j.fetch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FetchTest {
    private static final byte[] FILE = Packed.gz(Packed.noise(1_000));

    private final TestHost host = new TestHost();
    private final Source source = Packed.source(host, "a.gz", FILE);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path cache;

    @AfterEach
    void stop() {
        host.close();
    }

    private int run(String... words) {
        out.reset();
        err.reset();
        return new Fetch(
                        List.of(source),
                        Map.of("UNLEARN4J_DATA", cache.toString()),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8))
                .run(words);
    }

    @Test
    void listShowsWhatIsHere() {
        assertThat(run("list")).isZero();
        assertThat(out.toString()).startsWith("tiny ").contains("not here").endsWith("free\n");
        assertThat(run("get", "tiny")).isZero();
        assertThat(run("list")).isZero();
        assertThat(out.toString()).contains(" here ").doesNotContain("not here");
    }

    @Test
    void getSaysWhereTheFilesLie() {
        assertThat(run("get", "all", "TINY")).isZero();
        String line = Packed.sha256(FILE) + "  " + cache.resolve("a.gz") + "  from " + host.uri("a.gz") + "\n";
        assertThat(out).hasToString(line + line);
        assertThat(host.requests).hasSize(1);
    }

    @Test
    void getThatFailsSaysWhyAndExitsWith1() {
        host.status = 404;
        assertThat(run("get", "tiny")).isEqualTo(1);
        assertThat(err.toString()).startsWith("Tiny: a.gz can't be had").hasLineCount(1);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void verifyFindsDamageThatSizeAndTimeDoNotShow() throws IOException {
        assertThat(run("verify")).isZero();
        assertThat(out.toString()).startsWith("nothing to verify");
        run("get", "tiny");
        assertThat(run("verify")).isZero();
        assertThat(out.toString()).startsWith("good ").contains(Packed.sha256(FILE));

        Path file = cache.resolve("a.gz");
        FileTime time = Files.getLastModifiedTime(file);
        byte[] damaged = FILE.clone();
        damaged[500] ^= 1;
        Files.write(file, damaged);
        Files.setLastModifiedTime(file, time);
        assertThat(run("verify")).isEqualTo(1);
        assertThat(out.toString()).startsWith("damaged ").contains("get it again");
        assertThat(run("get", "tiny")).isZero();
        assertThat(file).hasBinaryContent(FILE);
        assertThat(run("verify")).isZero();
    }

    @Test
    void whereNamesTheFolderTheMirrorAndTheFiles() {
        run("get", "tiny");
        assertThat(run("where")).isZero();
        assertThat(out.toString())
                .contains("cache   " + cache + " (UNLEARN4J_DATA)", "mirror  none", "file    " + cache.resolve("a.gz"));
    }

    @ParameterizedTest
    @CsvSource({
        "'', no command",
        "frobnicate, unknown command frobnicate",
        "get, get needs a data set's name",
        "get nosuch, unknown data set nosuch: it must be all or one of tiny",
        "list tiny, list takes no names"
    })
    void wrongWordsExitWith2AndShowTheUsage(String words, String what) {
        assertThat(run(words.isEmpty() ? new String[0] : words.split(" "))).isEqualTo(2);
        assertThat(err.toString()).startsWith(what + "\nusage: ").contains("UNLEARN4J_MIRROR");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void helpExitsWith0() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).startsWith("usage: ");
    }
}
