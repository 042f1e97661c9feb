package unlearn4j.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import unlearn4j.Killed;
import unlearn4j.core.Progress;
import unlearn4j.core.Screen;
import unlearn4j.core.TextScreen;
import unlearn4j.data.Labels;

/**
 * Processes that change a store are killed, 20 of them, and {@code -Dunlearn4j.kills=100} of them over 1,000 models. The last
 * one leaves what one leaves that nobody killed.
 */
@Tag("slow")
class KilledStoreTest {
    private static final int KILLS = Math.max(20, Killed.KILLS);
    private static final int MODELS = KILLS < 100 ? 40 : 1000;

    @TempDir
    private Path temp;

    /** Opens a store and has it forget; says when it begins to work. */
    static final class Forgets {
        private Forgets() {}

        public static void main(String[] folder) {
            TextScreen quiet = new TextScreen(System.err);
            Screen.use(new Screen() {
                @Override
                public void show(Object value) {
                    quiet.show(value);
                }

                @Override
                public Progress progress(String task, long total, String unit) {
                    System.out.println("begins");
                    return quiet.progress(task, total, unit);
                }
            });
            Store.open(Path.of(folder[0]), ManyModels.DATA).forget(Labels.of(1));
        }
    }

    /** Returns each file but the ledger by its hash. */
    private static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> hashes = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = folder.relativize(file).toString();
                if (!name.startsWith("ledger") && !name.equals(".lock")) {
                    hashes.put(name, Synced.hash(file));
                }
            }
        }
        return hashes;
    }

    /** Returns what the ledger says, but for its times and seals. */
    private static List<String> entries(Path folder) throws IOException {
        List<String> entries = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("ledger.sqlite"));
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT number || ' ' || kind || ' ' || request || ' ' || node || ' ' "
                                + "|| before || ' ' || after || ' ' || scaled || ' ' || note FROM entries ORDER BY number")) {
            while (row.next()) {
                entries.add(row.getString(1));
            }
            return entries;
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Folder.delete(to);
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }

    @Test
    void whoeverIsKilledGoesOnToTheSameBytes() throws Exception {
        Path fresh = temp.resolve("fresh");
        Path whole = temp.resolve("whole");
        Path killed = temp.resolve("killed");
        Store.of(fresh, ManyModels.graph(MODELS));
        copy(fresh, whole);
        copy(fresh, killed);
        Map<String, String> old = files(fresh);
        long start = System.nanoTime();
        Store.open(whole, ManyModels.DATA).forget(Labels.of(1));
        int millis = (int) ((System.nanoTime() - start) / 1_000_000);
        Map<String, String> changed = files(whole);
        int[] met = {0};

        Killed.again(
                KILLS,
                Forgets.class,
                50 + millis / (KILLS < 100 ? 2 : 8),
                () -> {
                    files(killed).forEach((name, hash) -> {
                        if (name.startsWith("graph") && !name.endsWith(".aside")) {
                            assertThat(hash).as(name).isIn(old.get(name), changed.get(name));
                        }
                    });
                    if (new Folder(killed).on(() -> entries(killed)).equals(entries(whole))) {
                        assertThat(files(killed)).isEqualTo(changed);
                        met[0]++;
                        copy(fresh, killed);
                    }
                },
                killed.toString());
        Store store = Store.open(killed, ManyModels.DATA);
        store.forget(Labels.of(1));

        System.out.printf("%d models in %d ms when nobody kills, %d jobs met under fire%n", MODELS, millis, met[0]);
        assertThat(store.verify().rowCount()).isZero();
        assertThat(files(killed)).isEqualTo(changed);
        assertThat(entries(killed)).isEqualTo(entries(whole));
    }
}
