package unlearn4j.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.univocity.parsers.csv.CsvParser;
import com.univocity.parsers.csv.CsvParserSettings;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;
import unlearn4j.core.Scale;
import unlearn4j.experiment.Measurement;
import unlearn4j.experiment.Measurements;
import unlearn4j.experiment.Paper;
import unlearn4j.report.Results;

class LedgerTest {
    private static final Path OURS = Path.of("notebooks", "reproduction");
    private static final Set<String> VALUES = Set.of(
            "value", "deviation", "supported", "clients", "input_size", "training", "test", "reference", "classes");

    @TempDir
    private Path folder;

    static Stream<String> tables() {
        return Stream.of(Paper.values()).flatMap(paper -> paper.tables().intColumn("number").asList().stream()
                .map(number -> paper.name() + " " + number));
    }

    private static List<String[]> csv(Path file) throws IOException {
        CsvParserSettings settings = new CsvParserSettings();
        settings.setMaxCharsPerColumn(10_000);
        return new CsvParser(settings).parseAll(Files.newBufferedReader(file));
    }

    /** The papers' files, read without the ledger and without Tablesaw, against the ledger's column, cell by cell. */
    @ParameterizedTest
    @MethodSource("tables")
    void thePublishedColumnIsThePapersCellByCell(String name) {
        Paper paper = Paper.valueOf(name.split(" ")[0]);
        int number = Integer.parseInt(name.split(" ")[1]);
        CsvParserSettings settings = new CsvParserSettings();
        List<String[]> printed = new CsvParser(settings)
                .parseAll(new InputStreamReader(
                        Paper.class.getResourceAsStream(
                                "papers/" + name.toLowerCase().replace(' ', '-') + ".csv"),
                        StandardCharsets.UTF_8));
        List<String> head = Arrays.asList(printed.get(0));
        List<String> expected = new ArrayList<>();
        printed.subList(1, printed.size()).forEach(row -> {
            for (int i = 0; i < head.size(); i++) {
                if (VALUES.contains(head.get(i))) {
                    expected.add(plain(row[i]));
                }
            }
        });

        Table cells = Ledger.of(folder).cells(paper, number);

        assertThat(cells.stringColumn("published").asList())
                .extracting(LedgerTest::plain)
                .isEqualTo(expected);
        assertThat(cells.stringColumn("record").asList()).containsOnly("");
    }

    private static String plain(String cell) {
        String text = cell == null ? "" : cell;
        return text.matches("\\d+(\\.\\d+)?") ? "" + Double.parseDouble(text) : text;
    }

    private static Measurement one(String approach, String method, double value) {
        return Measurement.of("AD_r", value, "%")
                .about("model", "ResNet18")
                .about("labels", 4)
                .about("approach", approach)
                .about("method", method)
                .at("w_a");
    }

    private void run(String experiment, Measurement... rows) {
        Results.of(experiment, Scale.current())
                .in(folder)
                .seed(59)
                .rows(Measurements.of(rows))
                .write();
    }

    @Test
    void whatWasMeasuredStandsBesideItsCellAndNowhereElse() {
        run(
                "published-table-10-resnet18-heads",
                one("original", "original", 99.5).seed(59),
                one("original", "original", 99.9).seed(60),
                one("FIUn paper()", "fiun", 82).seed(59),
                one("FIUn published()", "fiun", 83.5).seed(59),
                one("FIUn tempered()", "fiun", 99).seed(59),
                one("FIUn with another γ", "fiun", 12).seed(59),
                one("HeadMask", "HeadMask", 98).seed(59),
                one("HeadMask", "HeadMask", 97).at("w_c").seed(59));

        Ledger ledger = Ledger.of(folder);
        Table cells = ledger.cells(Paper.FIUN, 10);
        Table found = cells.where(cells.stringColumn("record").isNotEqualTo(""));

        assertThat(found.rowCount()).isEqualTo(2);
        Row original = found.row(0);
        assertThat(original.getString("measured")).isEqualTo("99.7");
        assertThat(original.getString("seeds")).isEqualTo("2");
        // Student's t of one degree of freedom, 12.706, times the standard error of 99.5 and 99.9, 0.2.
        assertThat(Double.parseDouble(original.getString("from"))).isCloseTo(99.7 - 12.706 * 0.2, within(1e-3));
        Row fiun = found.row(1);
        assertThat(List.of("published", "measured", "as printed", "as published", "ours", "control"))
                .extracting(fiun::getString)
                .containsExactly("83.42", "", "82", "83.5", "99", "98");
        assertThat(ledger.cells(Paper.FIUN, 1).stringColumn("record").asList()).containsOnly("");
        assertThat(folder.resolve(fiun.getString("record")).resolve("record.json"))
                .exists();
    }

    @Test
    void theWholeIsWrittenWithAPageForEachTableAndEveryFigureNamed() throws IOException {
        run("published-table-10-resnet18-heads", one("original", "original", 99.5), one("FIUn paper()", "fiun", 82));

        Files.writeString(folder.resolve("differences.csv"), "paper,table,note\nFIUN,10,Smaller images.\n");

        Ledger.of(folder).write();

        assertThat(Files.readString(folder.resolve("fiun-table-10.md"))).contains("\n\nSmaller images.\n\n");
        assertThat(Files.readString(folder.resolve("fiun-table-9.md"))).doesNotContain("Smaller images");
        String front = Files.readString(folder.resolve("README.md"));
        tables().forEach(name ->
                assertThat(front).contains("(" + name.toLowerCase().replace(" ", "-table-") + ".md)"));
        assertThat(front).contains("| 11 | Depth of inheritance for one label |", "QUICK | measured | 1 | 0 | 0 |");
        tables().forEach(name -> assertThat(folder.resolve(name.toLowerCase().replace(" ", "-table-") + ".md"))
                .isNotEmptyFile());
        assertThat(Files.readString(folder.resolve("fiun-table-10.md")))
                .contains(
                        "| 4 | w_a | 99.99 | 99.5 | 99.99 |  | 83.42 | 82 |  |  |  |",
                        "190 of 192 cells are not measured");
        assertThat(Files.readString(folder.resolve("hdus-table-5.md")))
                .as("digits as printed")
                .contains("| ResNet | ISGD | homogeneous | MNIST | value | 0.9872 |");
        assertThat(folder.resolve("published-against-measured.png")).isNotEmptyFile();
        assertThat(csv(folder.resolve("cells.csv"))).hasSize(2609);
    }

    @Test
    void paperAsTablesFindWhatItsNotebooksMeasured() {
        run(
                "hdus-functionality",
                Measurement.of("found", 1, "").about("framework", "SISA-A").about("capability", "no central server"),
                Measurement.of("MiB", 8.6646, "").about("model", "MobileNet-L"));
        run(
                "hdus-accuracy",
                Measurement.of("own classes", 97.5, "%")
                        .about("part", "test")
                        .about("framework", "SISA-A")
                        .about("dataset", "MNIST")
                        .about("setting", "homogeneous")
                        .about("base_model", "ResNet"));

        Ledger ledger = Ledger.of(folder);

        assertThat(measured(ledger, 1)).containsExactly("1");
        assertThat(measured(ledger, 4)).containsExactly("8.6646");
        assertThat(measured(ledger, 5)).containsExactly("0.975");
    }

    private static List<String> measured(Ledger ledger, int table) {
        return ledger.cells(Paper.HDUS, table).stringColumn("measured").asList().stream()
                .filter(value -> !value.isEmpty())
                .toList();
    }

    /** The repository's own: what it shows was measured, by a run that is there. */
    @Test
    void everyMeasuredCellOfTheRepositorysLedgerHasItsRecord() throws IOException {
        List<String[]> cells = csv(OURS.resolve("cells.csv"));
        List<String> head = Arrays.asList(cells.get(0));
        List<String> measured = List.of("measured", "as printed", "as published", "ours", "control");
        int records = 0;
        for (String[] cell : cells.subList(1, cells.size())) {
            if (measured.stream().anyMatch(column -> cell[head.indexOf(column)] != null)) {
                Path run = OURS.resolve(cell[head.indexOf("record")]);
                assertThat(run.resolve("record.json")).isNotEmptyFile();
                assertThat(run.resolve("rows.csv")).isNotEmptyFile();
                records++;
            }
        }
        assertThat(records).isPositive();
        for (Paper paper : Paper.values()) {
            for (int number : paper.tables().intColumn("number")) {
                List<String> written = cells.stream()
                        .filter(cell -> cell[0].equals(paper.name()) && cell[1].equals("" + number))
                        .map(cell -> plain(cell[head.indexOf("published")]))
                        .toList();
                assertThat(written)
                        .as("%s, Table %s", paper, number)
                        .isEqualTo(Ledger.of(folder).cells(paper, number).stringColumn("published").asList().stream()
                                .map(LedgerTest::plain)
                                .toList());
            }
        }
    }
}
