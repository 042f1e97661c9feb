package unlearn4j.lineage;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import unlearn4j.core.Reason;
import unlearn4j.data.DataException;

/** An SQLite file from anywhere, opened to be read alone, in one transaction. What it brings along is not trusted. */
final class ReadOnly {
    private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
    private static final int PATIENCE_MS = 500;
    private static final int PRIMARY_CODE = 0xff;

    private ReadOnly() {}

    /** What is done with the open file. */
    interface Use {
        void of(Statement statement) throws SQLException;
    }

    /** What is done with a row. */
    interface Row {
        void take(ResultSet row) throws SQLException;
    }

    static void open(Path file, Use use) {
        try (InputStream in = Files.newInputStream(file)) {
            if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
                throw new DataException(file + " is no SQLite file: name a store's file or its folder mlruns");
            }
        } catch (IOException e) {
            throw new DataException("the MLflow store can't be read: " + Reason.of(e), e);
        }
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(PATIENCE_MS);
        // As a URI: a ? in a file's name would begin settings.
        try (Connection connection = config.createConnection(
                        "jdbc:sqlite:" + file.toAbsolutePath().toUri());
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA trusted_schema = OFF");
            connection.setAutoCommit(false);
            use.of(statement);
        } catch (SQLException e) {
            throw new DataException(file + reason(e), e);
        }
    }

    private static String reason(SQLException e) {
        int code = e.getErrorCode() & PRIMARY_CODE;
        if (code == SQLiteErrorCode.SQLITE_BUSY.code || code == SQLiteErrorCode.SQLITE_LOCKED.code) {
            return " is locked: another program writes to it, try again when it is done";
        }
        if (code == SQLiteErrorCode.SQLITE_CORRUPT.code || code == SQLiteErrorCode.SQLITE_NOTADB.code) {
            return " is damaged, cut short say: take a copy that is whole";
        }
        return " can't be read: " + String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
    }

    static void each(Statement statement, String query, Row use) throws SQLException {
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                use.take(rows);
            }
        }
    }
}
