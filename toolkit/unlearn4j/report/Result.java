package unlearn4j.report;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import unlearn4j.core.Check;
import unlearn4j.core.RunRecord;
import unlearn4j.experiment.Measurements;

/**
 * An experiment's result as it lies on disk.
 *
 * @param folder the folder
 * @param record what made it
 * @param rows what was measured, a row for each measurement
 * @param files the names of the folder's files
 */
public record Result(Path folder, RunRecord record, Measurements rows, List<String> files) {

    /** Makes a result. */
    public Result {
        Check.given("folder", folder);
        Check.given("record", record);
        Check.given("rows", rows);
        files = List.copyOf(Check.allGiven("files", files));
    }

    /** Names the folder and its files on one line. */
    @Override
    public String toString() {
        return folder + ": "
                + files.stream()
                        .map(file -> file.equals(Results.ROWS)
                                ? file + " (" + rows.list().size() + " rows)"
                                : file)
                        .collect(Collectors.joining(", "));
    }
}
