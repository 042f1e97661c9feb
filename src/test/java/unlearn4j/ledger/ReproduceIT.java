package unlearn4j.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command that fills the ledger, at SMOKE. */
class ReproduceIT {
    /** How often the plan is killed; the long form has 30. */
    private static final int KILLS = Integer.getInteger("unlearn4j.kills", 3);

    @TempDir
    private Path temp;

    @BeforeEach
    void aMirrorIsNeeded() {
        assumeTrue(
                System.getenv("UNLEARN4J_MIRROR") != null,
                "CIFAR-100 is not downloaded for a test: set UNLEARN4J_MIRROR to a mirror to run it");
    }

    private Process start(String name, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Reproduce.class.getName(),
                "--in",
                temp.resolve(name).toString(),
                "--graphs",
                temp.resolve(name + "-graphs").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(temp.resolve(name + ".txt").toFile());
        builder.environment().put("UNLEARN4J_SCALE", "SMOKE");
        builder.environment().remove("UNLEARN4J_SEEDS");
        return builder.start();
    }

    /** All that was measured but seconds, run by run. */
    private List<String> rows(String name) throws IOException {
        List<String> rows = new ArrayList<>();
        try (Stream<Path> files = Files.walk(temp.resolve(name))) {
            for (Path file : files.filter(path -> path.endsWith("rows.csv"))
                    .filter(path -> !path.toString().contains("latest"))
                    .sorted()
                    .toList()) {
                rows.add(temp.resolve(name).relativize(file).getName(0).toString());
                try (Stream<String> lines = Files.lines(file)) {
                    lines.filter(line -> !line.contains(",seconds,")).forEach(rows::add);
                }
            }
        }
        return rows;
    }

    @Test
    void aPlanThatIsKilledAgainAndAgainEndsInTheSameRows() throws Exception {
        long start = System.nanoTime();
        Process whole = start("whole", "table-10", "table-10-retrained");
        assertThat(whole.waitFor()).as(temp.resolve("whole.txt").toString()).isZero();
        long millis = (System.nanoTime() - start) / 1_000_000;

        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < KILLS; i++) {
            Process part = start("killed", "table-10", "table-10-retrained");
            if (!part.waitFor(millis / 8 + random.nextLong(millis / 3), TimeUnit.MILLISECONDS)) {
                part.destroyForcibly().waitFor();
            }
        }
        assertThat(start("killed", "table-10", "table-10-retrained").waitFor()).isZero();

        assertThat(rows("killed")).isEqualTo(rows("whole")).hasSizeGreaterThan(200);
        List<String> left;
        try (Stream<Path> files =
                Stream.concat(Files.walk(temp.resolve("killed")), Files.walk(temp.resolve("killed-graphs")))) {
            left = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(".") && !name.equals(".lock") || name.endsWith(".under-way"))
                    .toList();
        }
        assertThat(left).isEmpty();

        Process again = start("killed", "table-10", "table-10-retrained");
        assertThat(again.waitFor()).isZero();
        assertThat(Files.readString(temp.resolve("killed.txt")))
                .doesNotContain("training")
                .contains("Ledger of 2 results");
        Process listed = start("killed", "--list");
        assertThat(listed.waitFor()).isZero();
        assertThat(Files.readString(temp.resolve("killed.txt")))
                .containsPattern("table-10 .* there already")
                .containsPattern("table-10-retrained .* there already")
                .containsPattern("table-9 .* about \\d+ minutes");
    }

    @Test
    void aNameThatIsNotThereIsRefusedInOneLine() throws Exception {
        Process process = start("none", "table-99");
        assertThat(process.waitFor()).isEqualTo(1);
        assertThat(Files.readString(temp.resolve("none.txt")).strip())
                .matches("table-99 is nothing that can be run at SMOKE: these are \\[table-9, table-10, .*\\]");
    }
}
