package unlearn4j.lineage;

import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import unlearn4j.data.DataException;

/** MLflow's SQLite store. Only tables are asked, no views, so that nothing which the file brings along is executed. */
final class MlflowDatabase {
    /** The versions of its tables that were tried, as MLflow's migrations name them. */
    private static final Map<String, String> TRIED = Map.of("0584bdc529eb", "2.22", "dc11669786a5", "3.17");

    private final Path file;
    private final MlflowRuns runs = new MlflowRuns();
    private final Map<String, Boolean> tables = new HashMap<>();

    private MlflowDatabase(Path file) {
        this.file = file;
    }

    static MlflowRuns read(Path file) {
        MlflowDatabase database = new MlflowDatabase(file);
        ReadOnly.open(file, database::read);
        return database.runs;
    }

    private void read(Statement statement) throws SQLException {
        ReadOnly.each(
                statement,
                "SELECT name, sql FROM sqlite_master WHERE type = 'table'",
                row -> tables.put(
                        row.getString(1), !String.valueOf(row.getString(2)).matches("(?is)\\s*CREATE\\s+VIRTUAL.*")));
        if (!tables.containsKey("alembic_version") || !tables.containsKey("runs")) {
            throw new DataException(file + " is no store of MLflow's: it has no tables alembic_version and runs");
        }
        String version = version(statement);
        if (!TRIED.containsKey(version)) {
            throw new DataException(
                    "%s is a store of version %s, which was not tried: those that were are %s; move it with"
                                    .formatted(file, version, tried())
                            + " mlflow db upgrade, or read a file store");
        }
        for (String table : List.of("tags", "datasets", "inputs", "input_tags", "model_versions")) {
            if (!tables.getOrDefault(table, false)) {
                throw new DataException(file + " has no table " + table + ", though its version should: it is damaged");
            }
        }
        ReadOnly.each(statement, "PRAGMA quick_check(1)", row -> {
            if (!row.getString(1).equals("ok")) {
                throw new DataException(file + " is damaged, cut short say: take a copy that is whole");
            }
        });
        runs(statement);
    }

    private static String tried() {
        return TRIED.entrySet().stream()
                .map(each -> each.getKey() + " (MLflow " + each.getValue() + ")")
                .sorted()
                .toList()
                .toString();
    }

    private String version(Statement statement) throws SQLException {
        StringBuilder versions = new StringBuilder();
        ReadOnly.each(statement, "SELECT version_num FROM alembic_version", row -> versions.append(row.getString(1)));
        return versions.toString();
    }

    private void runs(Statement statement) throws SQLException {
        ReadOnly.each(
                statement,
                "SELECT run_uuid, name FROM runs ORDER BY rowid",
                row -> runs.run(row.getString(1), row.getString(2)));
        ReadOnly.each(
                statement,
                "SELECT run_uuid, key, value FROM tags WHERE key IN ('mlflow.parentRunId', '" + LabelsTag.KEY + "')",
                row -> runs.tag(row.getString(1), row.getString(2), row.getString(3)));
        ReadOnly.each(
                statement,
                "SELECT i.destination_id, d.name, t.value FROM inputs i JOIN datasets d ON d.dataset_uuid = i.source_id"
                        + " LEFT JOIN input_tags t ON t.input_uuid = i.input_uuid AND t.name = 'mlflow.data.context'"
                        + " WHERE i.source_type = 'DATASET' AND i.destination_type = 'RUN' ORDER BY i.rowid",
                row -> runs.data(row.getString(1), row.getString(2), row.getString(3)));
        if (tables.getOrDefault("logged_models", false)) {
            ReadOnly.each(
                    statement,
                    "SELECT model_id, source_run_id FROM logged_models",
                    row -> runs.logged(row.getString(1), row.getString(2)));
            ReadOnly.each(
                    statement,
                    "SELECT source_id, destination_id FROM inputs WHERE source_type = 'RUN_INPUT'"
                            + " AND destination_type = 'MODEL_INPUT' ORDER BY rowid",
                    row -> runs.given(row.getString(1), row.getString(2)));
        }
        ReadOnly.each(
                statement,
                "SELECT name, version, run_id, source FROM model_versions ORDER BY name, version",
                row -> runs.version(row.getString(1), row.getString(2), row.getString(3), row.getString(4)));
    }
}
