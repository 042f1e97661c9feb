package unlearn4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import unlearn4j.kernel.Kernel.Cell;
import unlearn4j.kernel.Kernel.Output;

/** The kernel as JupyterLab meets it, on each Java. */
class KernelIT {
    /** Cells that run until they are interrupted, each of which shows something first. */
    private static final List<String> LONG_CELLS = List.of(
            """
            try (var progress = Screen.current().progress("counting", 0, "numbers")) {
                double sum = 0;
                for (long i = 1; !Thread.currentThread().isInterrupted(); i++) {
                    sum += Math.sin(i);
                    progress.done(i);
                    progress.point("sum", i, sum);
                }
            }""");

    private static final Map<Path, Kernel> KERNELS = new HashMap<>();

    static List<Path> javas() throws IOException {
        return Kernel.javas();
    }

    static Stream<Arguments> javasAndLongCells() throws IOException {
        return javas().stream().flatMap(java -> LONG_CELLS.stream().map(cell -> Arguments.of(java, cell)));
    }

    private static Kernel kernel(Path java) {
        return KERNELS.computeIfAbsent(java, path -> {
            try {
                return new Kernel(path);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        });
    }

    @AfterAll
    static void closeKernels() throws IOException {
        for (Kernel kernel : KERNELS.values()) {
            kernel.close();
        }
    }

    @ParameterizedTest
    @MethodSource("javas")
    void everyPublicClassOfTheToolkitIsMeantByItsSimpleName(Path java) throws Exception {
        List<Class<?>> classes = publicClasses();
        String code = classes.stream()
                .map(type -> type.getSimpleName() + ".class")
                .collect(Collectors.joining(", ", "Stream.<Class<?>>of(", ").map(Class::getName).toList()"));

        assertThat(classes).isNotEmpty();
        assertThat(kernel(java).run(code).text())
                .isEqualTo(classes.stream().map(Class::getName).toList().toString());
    }

    @ParameterizedTest
    @MethodSource("javas")
    void librariesThatNotebooksNeedAreImported(Path java) {
        assertThat(kernel(java)
                        .run("List.of(Table.class, XYChart.class, Path.class, Stream.class, Map.class).size()")
                        .text())
                .isEqualTo("5");
    }

    @ParameterizedTest
    @MethodSource("javas")
    void noneOfAHundredThousandLinesIsLost(Path java) {
        Cell cell = kernel(java).run("for (int i = 0; i < 100_000; i++) System.out.println(i);");

        assertThat(cell.outputs()).hasSizeLessThan(1000).allSatisfy(output -> assertThat(output.kind())
                .isEqualTo("stdout"));
        assertThat(cell.outputs().stream().map(Output::text).collect(Collectors.joining()))
                .isEqualTo(IntStream.range(0, 100_000).mapToObj(i -> i + "\n").collect(Collectors.joining()));
    }

    @ParameterizedTest
    @MethodSource("javas")
    void ofAMillionLinesTheCellNamesTheFileWithTheRest(Path java) throws IOException {
        Cell cell = kernel(java).run("for (int i = 0; i < 1_000_000; i++) System.out.println(i);");

        String shown = cell.outputs().stream().map(Output::text).collect(Collectors.joining());
        Matcher end = Pattern.compile("\n([\\d,]+) lines left out, in the file (\\S+)\n$")
                .matcher(shown);
        assertThat(end.find()).isTrue();
        Path file = Path.of(end.group(2));
        String left = Files.readString(file);
        Files.delete(file);
        assertThat((shown.substring(0, end.start()) + left)
                        .equals(IntStream.range(0, 1_000_000)
                                .mapToObj(i -> i + "\n")
                                .collect(Collectors.joining())))
                .isTrue();
        assertThat(end.group(1).replace(",", ""))
                .isEqualTo(String.valueOf(left.lines().count()));
    }

    @ParameterizedTest
    @MethodSource("javas")
    void aStackOverflowIsNoLongerThanAPage(Path java) {
        Output error = kernel(java)
                .run("int down(int n) { return down(n + 1) + 1; }\ndown(0)")
                .only();

        assertThat(error.text()).contains("StackOverflowError");
        assertThat(error.text().lines().count()).isLessThan(130);
    }

    @ParameterizedTest
    @MethodSource("javas")
    void aTableIsHtmlAndPlainText(Path java) {
        Output table = kernel(java)
                .run("Table.create(\"t\", DoubleColumn.create(\"x\", 0.5, 0.25))")
                .only();

        assertThat(table.as("text/html")).contains("<table>", "text-align:right\">0.25<");
        assertThat(table.text()).contains("0.25").endsWith("\nscale QUICK");
    }

    @ParameterizedTest
    @MethodSource("javas")
    void aChartIsAPictureOfTwiceItsSize(Path java) throws IOException {
        Output chart = kernel(java)
                .run(
                        """
                {
                    var chart = new XYChartBuilder().width(300).height(200).title("a curve").build();
                    chart.addSeries("y", new double[] {1, 2, 3}, new double[] {3, 1, 2});
                    show(chart);
                }""")
                .only();
        byte[] png = Base64.getDecoder().decode(chart.as("image/png"));

        assertThat(ImageIO.read(new ByteArrayInputStream(png)).getWidth()).isEqualTo(600);
        assertThat(png.length).isLessThan(60_000);
        assertThat(chart.text()).isEqualTo("chart: a curve");
        assertThat(chart.data()).as("what JupyterLab draws").containsKey("application/vnd.vegalite.v5+json");
    }

    @ParameterizedTest
    @MethodSource("javas")
    void progressIsOneDisplayThatChangesAFewTimesAndEndsCalmly(Path java) {
        Cell cell = kernel(java)
                .run(
                        """
                try (var progress = Screen.current().progress("counting", 100_000, "numbers")) {
                    for (int i = 1; i <= 100_000; i++) {
                        progress.done(i);
                        progress.note("at " + i);
                    }
                    for (int i = 1; i <= 5; i++) {
                        progress.point("loss", i, 1.0 / i);
                    }
                }""");
        Output first = cell.outputs().get(0);
        List<Output> changes = cell.outputs().subList(1, cell.outputs().size());
        Output last = changes.get(changes.size() - 1);

        assertThat(first.kind()).isEqualTo("display_data");
        assertThat(first.display()).isNotNull();
        assertThat(changes).hasSizeLessThan(30).allSatisfy(change -> {
            assertThat(change.kind()).isEqualTo("update_display_data");
            assertThat(change.display()).isEqualTo(first.display());
        });
        assertThat(last.text())
                .startsWith("counting · 100,000 numbers in ")
                .endsWith("at 100000")
                .doesNotContain("\n");
        assertThat(last.as("text/html")).contains("data:image/png;base64,");
    }

    @ParameterizedTest
    @MethodSource("javas")
    void aComputationInsideAnotherHasNoDisplayOfItsOwn(Path java) {
        Cell cell = kernel(java)
                .run(
                        """
                try (var whole = Screen.current().progress("requests", 2, "requests")) {
                    for (int i = 1; i <= 2; i++) {
                        try (var part = Screen.current().progress("FIUn", 7, "steps")) {
                            part.note("merge");
                            part.point("loss", 0, 1);
                        }
                        whole.done(i);
                    }
                }
                try (var next = Screen.current().progress("next", 1, "things")) {
                    next.done(1);
                }""");

        assertThat(cell.outputs())
                .filteredOn(output -> output.kind().equals("display_data"))
                .hasSize(2);
        assertThat(cell.outputs())
                .filteredOn(output -> output.kind().equals("update_display_data"))
                .anyMatch(output -> output.text().startsWith("requests · 2 requests in "))
                .anyMatch(output -> output.text().startsWith("next · 1 things in "));
    }

    @ParameterizedTest
    @MethodSource("javas")
    void aWrongArgumentIsOneLineAndThePlaceInTheCell(Path java) {
        Output error = kernel(java).run("int x = Check.positive(\"count\", 0);").only();

        assertThat(error.kind()).isEqualTo("error");
        assertThat(error.text().lines().map(String::strip))
                .satisfiesExactly(
                        message -> assertThat(message)
                                .isEqualTo("java.lang.IllegalArgumentException: count (0) must be 1 or more"),
                        place -> assertThat(place).matches("at \\.\\(#\\d+:1\\)"));
    }

    @ParameterizedTest
    @MethodSource("javas")
    void anyOtherErrorKeepsItsTrace(Path java) {
        assertThat(kernel(java)
                        .run("Path.of(\"x\").resolve((String) null)")
                        .text()
                        .lines()
                        .count())
                .isGreaterThan(2);
    }

    @ParameterizedTest
    @MethodSource("javas")
    void theEngineStartsWithoutAWord(Path java) {
        assertThat(kernel(java)
                        .run("ai.djl.ndarray.NDManager.newBaseManager().create(2f).toFloatArray()[0]")
                        .text())
                .isEqualTo("2.0");
    }

    @ParameterizedTest
    @MethodSource("javas")
    void anInterruptedThreadCanStillShow(Path java) {
        Cell cell = kernel(java).run("{ Thread.currentThread().interrupt(); show(1); show(Thread.interrupted()); }");

        assertThat(cell.outputs()).extracting(Output::text).containsExactly("1", "true");
    }

    @ParameterizedTest
    @MethodSource("javasAndLongCells")
    void anInterruptGivesTheKernelBackAndStopsTheWork(Path java, String longCell) {
        Kernel kernel = kernel(java);
        String display = kernel.begin(longCell).only().display();
        Cell interrupted = kernel.interrupt();
        double load = kernel.load();
        List<Output> next = new ArrayList<>(
                kernel.run("show(\"shown\"); System.out.println(\"printed\");").outputs());

        assertThat(interrupted.outputs()).extracting(Output::kind).contains("error");
        assertThat(interrupted.seconds()).isLessThan(2);
        assertThat(load).as("percent of one core").isLessThan(10);
        assertThat(next).extracting(Output::text).contains("shown", "printed\n");
        assertThat(Stream.concat(interrupted.outputs().stream(), next.stream())
                        .filter(output -> display.equals(output.display())))
                .as("the progress display's last state")
                .last()
                .extracting(Output::text)
                .asString()
                .contains(" in ");
    }

    @ParameterizedTest
    @MethodSource("javas")
    void anInterruptedTrainingGoesOnFromItsLastEpochToTheSameNumbers(Path java) {
        Kernel kernel = kernel(java);
        kernel.run(
                """
                var images = Datasets.fashionMnistSample().train().balanced(1000, 1);
                Supplier<Training> fresh = () -> Training.of(
                        Classifier.create(ResNet.SMALL, images, 2), images, TrainingConfig.DEFAULT.epochs(8));
                var training = fresh.get();
                class FirstEpoch implements Progress {
                    public void done(long done) {}
                    public void note(String text) { show(text); }
                    public void point(String curve, double x, double y) {}
                    public void close() {}
                }""");
        kernel.begin("training.run(new FirstEpoch());");
        Cell interrupted = kernel.interrupt();
        double load = kernel.load();
        String done = kernel.run("training.epochsDone()").text();
        String then = kernel.run("training.run(new FirstEpoch() { public void note(String text) {} }); "
                        + "training.epochsDone()")
                .text();
        String same = kernel.run("fresh.get().run(new FirstEpoch() { public void note(String text) {} }).weights()"
                        + ".equals(training.model().weights())")
                .text();

        assertThat(interrupted.seconds()).isLessThan(2);
        assertThat(load).as("percent of one core").isLessThan(10);
        assertThat(Integer.parseInt(done)).isBetween(1, 7);
        assertThat(then).isEqualTo("8");
        assertThat(same).isEqualTo("true");
    }

    private static List<Class<?>> publicClasses() throws IOException, ClassNotFoundException {
        List<Class<?>> found = new ArrayList<>();
        for (String name : Notebook.TOOLKIT) {
            Path folder = Path.of("target/classes/unlearn4j", name);
            if (Files.isDirectory(folder)) {
                try (Stream<Path> files = Files.list(folder)) {
                    for (String file : files.map(path -> path.getFileName().toString())
                            .sorted()
                            .toList()) {
                        if (file.matches("\\w+\\.class")) {
                            Class<?> type = Class.forName(
                                    "unlearn4j." + name + "." + file.replace(".class", ""),
                                    false,
                                    KernelIT.class.getClassLoader());
                            if (Modifier.isPublic(type.getModifiers())) {
                                found.add(type);
                            }
                        }
                    }
                }
            }
        }
        return found;
    }
}
