package unlearn4j.lineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import unlearn4j.OneLine;

/** Registries that are wrong, damaged or hostile: each is one line, nothing is executed, nothing is changed. */
class BadLineagesTest {
    @TempDir
    private Path folder;

    private static Arguments card(String yaml, String line) {
        return Arguments.of(yaml, line);
    }

    static Stream<Arguments> cards() {
        String bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n"
                + IntStream.range(1, 12)
                        .mapToObj(
                                i -> "k%d: &k%d [%s]\n".formatted(i, i, "*" + (i == 1 ? "a" : "k" + (i - 1)) + ", *a"))
                        .reduce("", String::concat);
        return Stream.of(
                card("base_model: m", "m is its own base: a model can't inherit from itself"),
                card("- base_model: x\n- y", "the YAML must be a map, name: value, not a list"),
                card("just words", "the YAML must be a map, name: value, not the value just words"),
                card("base_model: 7", "base_model must be a name or a list of names, not the value 7"),
                card("base_model: true", "base_model must be a name or a list of names, not the value true"),
                card("base_model: [x, 7]", "base_model must be a name or a list of names, not a list with the value 7"),
                card("base_model: [x, ~]", "base_model must be a name or a list of names, not a list with nothing"),
                card("base_model: {name: x}", "base_model must be a name or a list of names, not a map"),
                card("datasets: {mnist: 1}", "datasets must be a name or a list of names, not a map"),
                card("datasets: [[mnist]]", "datasets must be a name or a list of names, not a list with a list"),
                card("license: 2.0", "license must be a name or a list of names, not the value 2.0"),
                card("base_model_relation: 3", "base_model_relation must be a name"),
                card("unlearn4j-labels: cats", "unlearn4j-labels (cats) must be labels, 0 or more"),
                card("unlearn4j-labels: -1", "unlearn4j-labels (-1) must be labels, 0 or more"),
                card("base_model: x\nbase_model: y", "this is no plain YAML: line 2, found duplicate key base_model"),
                card("base_model: [x", "this is no plain YAML: line "),
                card("base_model: \"x", "this is no plain YAML: line "),
                card("\tbase_model: x", "this is no plain YAML: line "),
                card("base_model: *nowhere", "the YAML has an alias, *nowhere, by which"),
                card("base_model: x\u0007", "this is no plain YAML: "),
                card(
                        "base_model: !!javax.script.ScriptEngineManager [!!URL [\"file:///\"]]",
                        "this is no plain YAML: "),
                card("base_model: !!python/object/apply:os.system [touch x]", "this is no plain YAML: "),
                card("base_model: &a [*a]", "the YAML has an alias, *a, by which"),
                card("? {a: &b {c: *b}}\n: x", "the YAML has an alias, *b, by which"),
                card("base_model: " + "[".repeat(40) + "]".repeat(40), "the YAML is nested deeper than 32 levels"),
                card("base_model: " + "[".repeat(200_000), "the YAML is nested deeper than 32 levels"),
                card(bomb, "the YAML has an alias, *a, by which a small file becomes a huge one"),
                card("x: " + "y".repeat(1 << 20), "this is no plain YAML: "));
    }

    @ParameterizedTest
    @MethodSource("cards")
    void aBadCardIsNamedInOneLine(String yaml, String line) {
        Throwable error = catchThrowable(() -> new Cards(folder)
                .card("x", "datasets: [mnist]")
                .card("m", yaml)
                .read()
                .mustForget("mnist"));

        refused(error, line);
    }

    private static void refused(Throwable error, String line) {
        assertThat(error).isNotNull();
        assertThat(error.getMessage()).contains(line).hasLineCount(1);
        assertThat(OneLine.is(error)).as("%s", error).isTrue();
    }

    static Stream<Arguments> texts() {
        return Stream.of(
                Arguments.of(
                        "---\nbase_model: x\n", "the YAML at its beginning has no end, a line of three dashes: add it"),
                Arguments.of("---", "the YAML at its beginning has no end, a line of three dashes: add it"),
                Arguments.of(
                        "---\nbase_model: \uFFFD\n---\n", "the YAML at its beginning is no UTF-8: save it as UTF-8"),
                Arguments.of("x".repeat((8 << 20) + 1), "has more than 8 MiB: it is no model card"));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void aBadFileIsNamedInOneLine(String text, String line) {
        refused(
                catchThrowable(() -> new Cards(folder).raw("m/README.md", text).read()),
                "README.md" + (line.startsWith("has") ? " " : ": ") + line);
    }

    @Test
    void aCycleIsShown() {
        Cards cards = new Cards(folder)
                .card("root", "datasets: [mnist]")
                .card("a", "base_model: [root, c]")
                .card("b", "base_model: a")
                .card("c", "base_model: b")
                .card("d", "base_model: c");

        refused(
                catchThrowable(cards::read),
                "a ← c ← b ← a: a model can't inherit from its heir, take out one of these edges");
    }

    @Test
    void twoCardsOfOneModelAreRefused() {
        refused(
                catchThrowable(() -> new Cards(folder)
                        .card("a", "datasets: [x]")
                        .raw("a.md", "---\ndatasets: [y]\n---\n")
                        .read()),
                "model a is given twice: names must differ");
    }

    @Test
    void aFolderWithoutCardsOrThatIsNotThereIsRefused() {
        refused(catchThrowable(() -> Lineage.cards(folder)), "has no model card: put one in a folder for each model");
        refused(catchThrowable(() -> Lineage.cards(folder.resolve("no"))), "no: no such file or folder");
        refused(catchThrowable(() -> Lineage.mlflow(folder.resolve("no"))), "no is not there");
        refused(
                catchThrowable(() -> Lineage.mlflow(folder)),
                "is no MLflow file store: no folder in it has a meta.yaml");
    }

    private Path database() throws IOException {
        return Stores.unpacked("mlflow-3.17.2.db.gz", folder);
    }

    private static void change(Path file, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                Arguments.of(
                        "UPDATE alembic_version SET version_num = 'ffff'",
                        "is a store of version ffff, which was not tried"),
                Arguments.of("DELETE FROM alembic_version", "is a store of version , which was not tried"),
                Arguments.of("DROP TABLE alembic_version", "is no store of MLflow's: it has no tables alembic_version"),
                Arguments.of(
                        "DROP TABLE input_tags", "has no table input_tags, though its version should: it is damaged"),
                Arguments.of(
                        "ALTER TABLE tags RENAME TO t; CREATE VIEW tags AS SELECT * FROM t",
                        "has no table tags, though its version should: it is damaged"),
                Arguments.of(
                        "DROP TABLE tags; CREATE VIRTUAL TABLE tags USING fts5(key, value, run_uuid)",
                        "has no table tags, though its version should: it is damaged"),
                Arguments.of("ALTER TABLE datasets RENAME COLUMN name TO called", "can't be read: "),
                Arguments.of(
                        "UPDATE tags SET value = run_uuid WHERE key = 'mlflow.parentRunId'",
                        "is its own base: a model can't inherit from itself"),
                Arguments.of(
                        "UPDATE tags SET value = 'cats' WHERE key = 'unlearn4j-labels'",
                        "unlearn4j-labels (cats) must be labels"));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void aBadDatabaseIsOneLineAndStaysAsItIs(String statements, String line) throws IOException, SQLException {
        Path file = database();
        change(file, statements.split(";"));
        byte[] before = Files.readAllBytes(file);

        refused(catchThrowable(() -> Lineage.mlflow(file)), line);
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }

    @Test
    void aDatabaseCutShortIsRefusedWhereverItIsCut() throws IOException {
        byte[] whole = Files.readAllBytes(database());
        for (int length :
                new int[] {0, 10, 50, 100, 4096, 5000, whole.length / 2, whole.length - 4096, whole.length - 1}) {
            Path file = folder.resolve("cut-" + length + ".db");
            Files.write(file, Arrays.copyOf(whole, length));

            refused(catchThrowable(() -> Lineage.mlflow(file)), "cut-" + length + ".db");
        }
    }

    @Test
    void aLockedDatabaseIsOneLine() throws IOException, SQLException {
        Path file = database();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.execute("BEGIN EXCLUSIVE");

            refused(catchThrowable(() -> Lineage.mlflow(file)), "is locked: another program writes to it");
        }
        assertThat(Lineage.mlflow(file).models()).isNotEmpty();
    }

    @Test
    void anotherDatabaseAndWhatIsNoneAreRefused() throws IOException, SQLException {
        Path other = folder.resolve("other.db");
        change(other, "CREATE TABLE runs (x)");
        refused(catchThrowable(() -> Lineage.mlflow(other)), "other.db is no store of MLflow's");
        Path text = Files.writeString(folder.resolve("notes.txt"), "runs");
        refused(catchThrowable(() -> Lineage.mlflow(text)), "notes.txt is no SQLite file");
    }

    @Test
    void aFileStoreThatLacksAPieceIsRefused() throws IOException {
        Path store = Stores.unpacked("mlruns-3.17.2.zip", folder);
        Path input;
        try (Stream<Path> files = Files.walk(store)) {
            input = files.filter(file -> file.toString().matches(".*/datasets/[0-9a-f]+/meta.yaml"))
                    .findFirst()
                    .orElseThrow();
        }
        Files.writeString(input, "name: [");
        refused(catchThrowable(() -> Lineage.mlflow(store)), "meta.yaml: this is no plain YAML");
        Files.writeString(input, "digest: x");
        refused(catchThrowable(() -> Lineage.mlflow(store)), "meta.yaml has no name: it is none of MLflow's");
        Files.delete(input);
        refused(catchThrowable(() -> Lineage.mlflow(store)), "has no meta.yaml: the store is damaged");
        Files.delete(input.getParent());
        refused(catchThrowable(() -> Lineage.mlflow(store)), "there is no data set of id");
    }
}
