package unlearn4j.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.sqlite.SQLiteErrorCode;
import unlearn4j.core.Build;
import unlearn4j.data.DataException;

/**
 * The ledger: a table in an SQLite file to which entries are added and in which none is changed. Triggers refuse a change;
 * and as each entry seals all before it, a change by other means is found.
 */
final class RequestLedger implements AutoCloseable {
    /** Of the table below; another has another. */
    private static final String VERSION = Build.version() + " " + Build.commit();

    private static final int SCHEMA = 1;

    private static final String TABLE =
            """
            CREATE TABLE entries (number INTEGER PRIMARY KEY, at TEXT NOT NULL, kind TEXT NOT NULL, request TEXT NOT NULL,
              node TEXT NOT NULL, before TEXT NOT NULL, after TEXT NOT NULL, scaled INTEGER NOT NULL, note TEXT NOT NULL,
              version TEXT NOT NULL, seal TEXT NOT NULL);

            CREATE INDEX entries_of ON entries (request, node);

            CREATE TRIGGER no_update BEFORE UPDATE ON entries BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

            CREATE TRIGGER no_delete BEFORE DELETE ON entries BEGIN SELECT RAISE(ABORT, 'the ledger is append-only'); END;

            PRAGMA user_version = 1;
            """;

    private final Path file;
    private final Connection connection;
    private final State state = new State();
    private boolean adds;

    private RequestLedger(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
    }

    /** Work on the data base; what it stumbles over is said in one line. */
    private interface Sql<T> {
        T run() throws SQLException;
    }

    private static <T> T on(Path file, Sql<T> sql) {
        try {
            return sql.run();
        } catch (SQLException e) {
            throw new DataException(
                    file + " is no ledger, or damaged, or can't be read or written (" + e.getMessage() + ")", e);
        }
    }

    private static RequestLedger connected(Path file) throws SQLException {
        return new RequestLedger(file, DriverManager.getConnection("jdbc:sqlite:" + file.toAbsolutePath()));
    }

    private void execute(String... statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    /** Makes a ledger of those entries, all of them or none. */
    static void create(Path file, List<Entry> first) {
        on(file, () -> {
            try (RequestLedger ledger = connected(file)) {
                ledger.connection.setAutoCommit(false);
                for (String each : TABLE.split("\n\n")) {
                    ledger.execute(each);
                }
                ledger.append(first);
            }
            return null;
        });
    }

    /** Opens a ledger of this version and reads it. */
    static RequestLedger open(Path file) {
        return on(file, () -> {
            RequestLedger ledger = connected(file);
            boolean right = false;
            try {
                ledger.checkSchema();
                ledger.readAll();
                right = true;
            } finally {
                if (!right) {
                    ledger.close();
                }
            }
            return ledger;
        });
    }

    /**
     * Opens a ledger to add entries. Meanwhile they go through a log beside it, which waits for the disk once an entry and not
     * several times; it is gone when the ledger is closed, and read where somebody was killed.
     */
    static RequestLedger openToAdd(Path file) {
        RequestLedger ledger = open(file);
        return on(file, () -> {
            ledger.execute("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL");
            ledger.connection.setAutoCommit(false);
            ledger.adds = true;
            return ledger;
        });
    }

    private void checkSchema() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet version = statement.executeQuery("PRAGMA user_version")) {
            int schema = version.getInt(1);
            if (schema != SCHEMA) {
                throw new DataException(file + " is a ledger of schema " + schema + ", this version reads " + SCHEMA
                        + ": open it with the version of the toolkit that wrote it");
            }
        }
    }

    /** Adds an entry, for good. */
    void append(Entry entry) {
        append(List.of(entry));
    }

    private void append(List<Entry> entries) {
        on(file, () -> {
            String now = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
            List<Entry> placed = new ArrayList<>();
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO entries VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")) {
                long number = state.lastNumber();
                String seal = state.lastSeal();
                for (Entry entry : entries) {
                    Entry next = entry.behind(seal, ++number, now, VERSION);
                    seal = next.seal();
                    fill(insert, next);
                    insert.addBatch();
                    placed.add(next);
                }
                insert.executeBatch();
            }
            connection.commit();
            placed.forEach(state::see);
            return null;
        });
    }

    private static void fill(PreparedStatement insert, Entry entry) throws SQLException {
        insert.setLong(1, entry.number());
        insert.setString(2, entry.at());
        insert.setString(3, entry.kind().name().toLowerCase(Locale.ROOT));
        insert.setString(4, entry.request());
        insert.setString(5, entry.node());
        insert.setString(6, entry.before());
        insert.setString(7, entry.after());
        insert.setLong(8, entry.scaled());
        insert.setString(9, entry.note());
        insert.setString(10, entry.version());
        insert.setString(11, entry.seal());
    }

    private void readAll() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT * FROM entries ORDER BY number")) {
            while (row.next()) {
                state.see(new Entry(
                        row.getLong(1),
                        text(row, 2),
                        kind(row.getLong(1), text(row, 3)),
                        text(row, 4),
                        text(row, 5),
                        text(row, 6),
                        text(row, 7),
                        row.getLong(8),
                        text(row, 9),
                        text(row, 10),
                        text(row, 11)));
            }
        }
    }

    /** Returns what the entries say all together. */
    State state() {
        return state;
    }

    private static String text(ResultSet row, int column) throws SQLException {
        String text = row.getString(column);
        return text == null ? "" : text;
    }

    private Entry.Kind kind(long number, String word) {
        try {
            return Entry.Kind.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new DataException(file + ", entry " + number + " is of kind \"" + word + "\": it was edited", e);
        }
    }

    @Override
    public void close() {
        on(file, () -> {
            if (adds) {
                leaveNoLog();
            }
            connection.close();
            return null;
        });
    }

    /** Somebody who reads at the same time may keep it; then the next one tries. */
    private void leaveNoLog() throws SQLException {
        connection.rollback();
        connection.setAutoCommit(true);
        try {
            execute("PRAGMA journal_mode = DELETE");
        } catch (SQLException e) {
            if (e.getErrorCode() != SQLiteErrorCode.SQLITE_BUSY.code
                    && e.getErrorCode() != SQLiteErrorCode.SQLITE_LOCKED.code) {
                throw e;
            }
        }
    }
}
