package unlearn4j.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;
import unlearn4j.OneLine;
import unlearn4j.core.Progress;
import unlearn4j.core.Screen;
import unlearn4j.data.DataException;
import unlearn4j.data.Labels;
import unlearn4j.data.TinyImages;
import unlearn4j.train.Interrupted;
import unlearn4j.umig.Request;
import unlearn4j.umig.Umig;
import unlearn4j.unlearn.Fiun;

class StoreTest {
    private final Umig umig = ManyModels.graph(7);

    @TempDir
    private Path temp;

    private Path folder;

    @BeforeEach
    void folder() {
        folder = temp.resolve("store");
    }

    private Umig stored() {
        return Umig.load(folder.resolve("graph"), ManyModels.DATA);
    }

    private static void assertSame(Umig one, Umig other) {
        one.nodes().forEach(node -> assertThat(other.node(node.name()).model().weights())
                .as(node.name())
                .isEqualTo(node.model().weights()));
    }

    private void assertRefused(String words, Runnable call) {
        assertThatThrownBy(call::run)
                .satisfies(
                        error -> assertThat(OneLine.is(error)).as("%s", error).isTrue())
                .hasMessageContaining(words);
    }

    /** Edits the ledger as somebody would who knows SQL. */
    private void edit(String... statements) {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("ledger.sqlite"));
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.executeUpdate(each);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void flip(Path file, long place) throws IOException {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(place);
            int one = bytes.read();
            bytes.seek(place);
            bytes.write(one ^ 1);
        }
    }

    private static List<String> column(Table table, int column) {
        return table.stringColumn(column).asList();
    }

    @Test
    void forgetsBitForBitWhatFiunForgetsInMemory() {
        List<Request> requests = List.of(
                Request.labels(Labels.of(1)),
                Request.clients("w_4"),
                Request.samples(ManyModels.DATA.train().slice(4, 9)).and(Request.labelsAt("w_2", Labels.of(0))));
        Store.of(folder, umig);
        assertSame(umig, stored());

        for (Request request : requests) {
            Fiun.on(umig).forget(request);
            Store.open(folder, ManyModels.DATA).forget(request);
            assertSame(umig, stored());
        }

        Store store = Store.open(folder);
        assertThat(store.verify().rowCount()).isZero();
        assertThat(store.requests().rowCount()).isEqualTo(3);
        assertThat(column(store.requests(), 0)).containsExactly("r-1", "r-2", "r-3");
        assertThat(column(store.requests(), 3)).containsOnly("met");
        assertThat(folder.resolve("under-way")).doesNotExist();
    }

    @Test
    void aReceiptSaysWhatWasDone() {
        Store store = Store.of(folder, umig);

        UnlearningReceipt receipt = store.forget(Labels.of(1));

        assertThat(receipt.id()).isEqualTo("r-1");
        assertThat(receipt.request()).isEqualTo("labels 1");
        assertThat(receipt.asked()).isBeforeOrEqualTo(receipt.met());
        assertThat(receipt.changes()).extracting(UnlearningReceipt.Change::node).contains("w_0", "w_1", "w_6");
        assertThat(receipt.changes()).anySatisfy(change -> {
            assertThat(change.scaled()).isPositive();
            assertThat(change.after()).hasSize(64).isNotEqualTo(change.before());
        });
        Table table = receipt.table();
        assertThat(table.columnNames()).containsExactly("what", "value");
        assertThat(table.rowCount()).isEqualTo(6 + receipt.changes().size());
        assertThat(table.print().lines()).allMatch(line -> line.length() < 80);
        assertThat(receipt.json())
                .contains("\"seal\": \"" + receipt.seal() + "\"", "\"met\": \"" + receipt.met() + "\"")
                .contains(receipt.changes().get(0).after());
        assertThat(Store.open(folder).receipt("r-1")).isEqualTo(receipt);
        assertThat(store.forget(Labels.of(1))).isEqualTo(receipt);
        assertThat(store.requests().rowCount()).isEqualTo(1);
    }

    @Test
    void whatCantBeAskedIsToldAndChangesNothing() {
        Store store = Store.of(folder, umig);

        assertRefused("no node ever learned", () -> store.forget(Labels.of(9)));
        assertRefused("without its data set", () -> Store.open(folder).forget(Labels.of(1)));
        assertRefused("there is no request r-7", () -> store.receipt("r-7"));
        assertThat(store.requests().rowCount()).isZero();
        assertSame(umig, stored());
    }

    @Test
    void aFolderThatHoldsNoStoreIsToldApart() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "words");
        Path full = Files.createDirectories(temp.resolve("full"));
        Files.writeString(full.resolve("thesis.txt"), "words");

        assertRefused("there is no folder", () -> Store.open(folder));
        assertRefused("is a file", () -> Store.open(file));
        assertRefused("is a file", () -> Store.of(file, umig));
        assertRefused("can't be read or written", () -> Store.of(file.resolve("below"), umig));
        assertRefused("has no ledger.sqlite", () -> Store.open(full, ManyModels.DATA));
        // A place that nobody can write to, not even root.
        assertRefused("can't be read or written", () -> Store.of(Path.of("/proc/unlearn4j/store"), umig));
        assertRefused("holds files already", () -> Store.of(full, umig));
        Store.of(folder, umig);
        assertRefused("holds a store already", () -> Store.of(folder, umig));
        assertThat(full.resolve("thesis.txt")).hasContent("words");
    }

    @Test
    void aStoreThatWasNotMadeToItsEndIsMadeAnew() throws IOException {
        Files.createDirectories(folder.resolve("graph"));
        Files.writeString(folder.resolve(".making"), "");
        Files.writeString(folder.resolve("graph").resolve("w_0.safetensors"), "half");

        assertRefused("not made to its end", () -> Store.open(folder));

        assertThat(Store.of(folder, umig).verify().rowCount()).isZero();
    }

    @Test
    void anEditedLedgerIsFound() {
        Store store = Store.of(folder, umig);
        store.forget(Labels.of(1));

        assertThatThrownBy(() -> edit("UPDATE entries SET note = 'labels [2]' WHERE kind = 'asked'"))
                .hasRootCauseInstanceOf(SQLException.class)
                .hasMessageContaining("append-only");
        assertThatThrownBy(() -> edit("DELETE FROM entries")).hasMessageContaining("append-only");
        assertThat(store.verify().rowCount()).isZero();

        edit("DROP TRIGGER no_update", "UPDATE entries SET scaled = 0 WHERE kind = 'changed' AND node = 'w_1'");
        assertThat(column(store.verify(), 0)).containsExactly("ledger.sqlite");
        assertRefused("was edited: entry", () -> store.receipt("r-1"));
        assertRefused("was edited: entry", () -> store.forget(Labels.of(2)));
    }

    @Test
    void anEntryThatIsGoneIsFound() {
        Store store = Store.of(folder, umig);
        store.forget(Labels.of(1));

        edit("DROP TRIGGER no_delete", "DELETE FROM entries WHERE kind = 'changed' AND node = 'w_1'");

        assertThat(column(store.verify(), 0)).contains("ledger.sqlite");
    }

    @Test
    void aLedgerThatIsNoneOrOfAnotherVersionIsTold() throws IOException {
        Store.of(folder, umig);

        edit("PRAGMA user_version = 7");
        assertRefused("schema 7, this version reads 1", () -> Store.open(folder));
        Files.writeString(folder.resolve("ledger.sqlite"), "no data base at all, but words ".repeat(99));
        assertRefused("is no ledger", () -> Store.open(folder));
        Files.delete(folder.resolve("ledger.sqlite"));
        assertRefused("has no ledger.sqlite", () -> Store.open(folder));
    }

    @Test
    void everyFileThatIsNotAsTheLedgerHasItIsFound() throws IOException {
        Store store = Store.of(folder, umig);
        Path model = folder.resolve("graph/w_1.safetensors");
        flip(model, Files.size(model) - 3);
        Files.delete(folder.resolve("graph/w_2.safetensors"));
        Files.delete(folder.resolve("fims/w_3.safetensors"));
        Files.writeString(folder.resolve("graph/w_9.safetensors"), "foreign");
        flip(folder.resolve("graph/plan.json"), 9);
        Files.writeString(folder.resolve("thesis.txt"), "foreign");

        Table wrong = store.verify();

        assertThat(column(wrong, 0))
                .containsExactlyInAnyOrder(
                        "graph/w_1.safetensors",
                        "graph/w_2.safetensors",
                        "fims/w_3.safetensors",
                        "graph/w_9.safetensors",
                        "graph/plan.json",
                        "thesis.txt");
        assertThat(column(wrong, 1))
                .containsExactlyInAnyOrder(
                        "changed", "missing", "missing", "not in the ledger", "not in the ledger", "changed");
        assertRefused("is not as the ledger has it", () -> store.forget(Labels.of(1)));
        flip(folder.resolve("graph/plan.json"), 9);
        assertRefused("there is no file", () -> store.forget(Labels.of(1)));
    }

    @Test
    void aModelThatWasEditedIsLeftAlone() throws IOException {
        Store store = Store.of(folder, umig);
        Path model = folder.resolve("graph/w_6.safetensors");
        flip(model, Files.size(model) - 3);

        assertRefused("w_6.safetensors is not as the ledger has it", () -> store.forget(Labels.of(1)));
        flip(model, Files.size(model) - 3);

        assertThat(column(store.requests(), 3)).containsExactly("under way");
        Fiun.on(umig).forget(Labels.of(1));
        Store.open(folder, ManyModels.DATA);
        assertSame(umig, stored());
    }

    /** Interrupts the thread that works once that many units are done. */
    private record Interrupting(long after) implements Screen {
        @Override
        public void show(Object value) {
            // Nobody looks.
        }

        @Override
        public Progress progress(String task, long total, String unit) {
            return new Progress() {
                @Override
                public void done(long done) {
                    if (done == after && unit.equals("models")) {
                        Thread.currentThread().interrupt();
                    }
                }

                @Override
                public void note(String text) {
                    // Nobody looks.
                }

                @Override
                public void point(String curve, double x, double y) {
                    // Nobody looks.
                }

                @Override
                public void close() {
                    // Nothing is open.
                }
            };
        }
    }

    @Test
    void anInterruptedStoreGoesOnWhenItIsAskedAgain() {
        Store store = Store.of(folder, umig);
        Screen before = Screen.current();
        Screen.use(new Interrupting(2));
        try {
            assertThatThrownBy(() -> store.forget(Labels.of(1)))
                    .isInstanceOf(Interrupted.class)
                    .hasMessageContaining("r-1 has changed 2 of ");
        } finally {
            Screen.use(before);
            assertThat(Thread.interrupted()).isTrue();
        }

        assertThat(column(store.verify(), 1)).containsExactly("under way");
        assertRefused("is under way: it has no receipt", () -> store.receipt("r-1"));
        store.forget(Labels.of(1));
        Fiun.on(umig).forget(Labels.of(1));
        assertSame(umig, stored());
        assertThat(store.requests().rowCount()).isEqualTo(1);
    }

    @Test
    void whatIsPlannedIsDoneWithoutTheDataSet() {
        Store store = Store.of(folder, umig);
        Screen before = Screen.current();
        Screen.use(new Interrupting(2));
        try {
            assertThatThrownBy(() -> store.forget(Labels.of(1))).isInstanceOf(Interrupted.class);
        } finally {
            Screen.use(before);
            assertThat(Thread.interrupted()).isTrue();
        }

        Store opened = Store.open(folder);

        Fiun.on(umig).forget(Labels.of(1));
        assertSame(umig, stored());
        assertThat(opened.receipt("r-1").changes()).hasSize(7);
    }

    @Test
    void theSecondToChangeAStoreIsTold() throws IOException {
        Store store = Store.of(folder, umig);
        try (FileChannel channel = FileChannel.open(folder.resolve(".lock"), StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            assertThat(lock.isValid()).isTrue();
            assertRefused("is being changed by another process or cell", () -> store.forget(Labels.of(1)));
            assertThat(Store.open(folder, ManyModels.DATA).verify().rowCount()).isZero();
        }
        assertThat(store.forget(Labels.of(1)).changes()).isNotEmpty();
    }

    @Test
    void aStoreOfOtherImagesIsTold() {
        Store.of(folder, umig);

        assertThatThrownBy(() -> Store.open(folder, TinyImages.dataset(4, 3, 8)))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("load it with the data set that it was trained on");
    }
}
