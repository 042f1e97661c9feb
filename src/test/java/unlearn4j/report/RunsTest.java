package unlearn4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("slow")
class RunsTest {
    /** {@code -Dkills=100} for more. */
    private static final int KILLS = Integer.getInteger("kills", 20);

    private static final List<String> FILES = List.of("a.png", "b.svg", "record.json", "rows.csv");

    @TempDir
    private Path folder;

    /** Writes runs without end, each of four files with one content. */
    static final class Writer {
        public static void main(String[] arguments) throws IOException {
            Runs runs = new Runs(Path.of(arguments[0]));
            for (int i = 0; ; i++) {
                runs.add(files(arguments[1] + "-" + i));
                System.out.println(i);
            }
        }
    }

    private static Map<String, byte[]> files(String content) {
        Map<String, byte[]> files = new TreeMap<>();
        byte[] bytes = content.repeat(5_000).getBytes(StandardCharsets.UTF_8);
        FILES.forEach(name -> files.put(name, bytes));
        return files;
    }

    @Test
    void whoeverIsKilledLeavesWholeRunsAndAReaderAlwaysFindsTheNewest() throws Exception {
        Runs runs = new Runs(folder);
        runs.add(files("first"));
        AtomicBoolean watching = new AtomicBoolean(true);
        CompletableFuture<Integer> reader = CompletableFuture.supplyAsync(() -> watch(watching));
        Random random = new Random(11);
        for (int i = 0; i < KILLS; i++) {
            Process killed = writer("killed" + i);
            // A writer is at work from its first line on.
            killed.inputReader().readLine();
            Process other = i % 4 == 0 ? writer("other" + i) : null;
            killed.waitFor(random.nextInt(60), TimeUnit.MILLISECONDS);
            killed.destroyForcibly().waitFor();
            if (other != null) {
                // Whoever waits for a dead writer gets its lock.
                assertThat(other.inputReader().readLine()).isEqualTo("0");
                other.destroyForcibly().waitFor();
            }
        }
        watching.set(false);
        assertThat(reader.get()).isPositive();

        Path last = runs.add(files("last"));

        assertThat(folder.resolve("latest").toRealPath()).isEqualTo(last.toRealPath());
        List<String> names = names();
        assertThat(names).contains(".lock", "latest").hasSizeGreaterThan(KILLS);
        assertThat(names.subList(1, names.size() - 1)).allSatisfy(name -> {
            assertThat(name).matches("\\d{8}-\\d{6}-\\d{3}");
            whole(folder.resolve(name));
        });
    }

    private int watch(AtomicBoolean watching) {
        int seen = 0;
        try {
            for (; watching.get(); seen++) {
                whole(folder.resolve("latest").toRealPath());
                whole(new Runs(folder).newest().orElseThrow());
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return seen;
    }

    private static void whole(Path run) throws IOException {
        String content = Files.readString(run.resolve(FILES.get(0)));
        assertThat(content).isNotEmpty();
        for (String name : FILES) {
            assertThat(Files.readString(run.resolve(name)).equals(content))
                    .as("%s of %s", name, run)
                    .isTrue();
        }
    }

    @Test
    void writersOfTwoProcessesAndOfTwoThreadsWaitForEachOther() throws Exception {
        List<Process> processes = List.of(writer("a"), writer("b"));
        Runs runs = new Runs(folder);
        List<CompletableFuture<Void>> threads = new ArrayList<>();
        for (String name : List.of("c", "d")) {
            threads.add(CompletableFuture.runAsync(() -> {
                try {
                    for (int i = 0; i < 30; i++) {
                        runs.add(files(name + "-" + i));
                    }
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }));
        }
        int written = 60;
        for (Process process : processes) {
            for (int i = 0; i < 30; i++) {
                assertThat(process.inputReader().readLine()).isEqualTo(String.valueOf(i));
                written++;
            }
        }
        threads.forEach(CompletableFuture::join);
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }

        runs.add(files("last"));

        assertThat(names().size() - 2).isGreaterThanOrEqualTo(written + 1);
        assertThat(names()).noneMatch(name -> name.startsWith(".work"));
    }

    @Test
    void aClockThatIsSetBackKeepsTheOrder() throws IOException {
        Files.createDirectory(folder.resolve("29991231-235959-999"));

        Path run = new Runs(folder).add(files("now"));

        assertThat(run.getFileName()).hasToString("30000101-000000-000");
    }

    @Test
    void whereThereAreNoLinksTheNamesTell() throws IOException {
        Runs runs = new Runs(folder);
        Files.writeString(Files.createDirectories(folder.resolve("latest")).resolve("mine"), "");

        Path run = runs.add(files("one"));

        assertThat(runs.newest()).contains(run);
        assertThat(names()).containsExactly(".lock", run.getFileName().toString(), "latest");
    }

    private Process writer(String name) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        folder.toString(),
                        name)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (NoSuchFileException e) {
            return List.of();
        }
    }
}
