package unlearn4j.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import unlearn4j.core.Check;
import unlearn4j.core.Reason;
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

    /**
     * Copies rows, record and the pictures as PNG to {@code root/<experiment>/<scale>}, as a run of its own: there whole or
     * not at all.
     *
     * @param more further files' texts by their names
     * @return the copy's folder
     * @throws UncheckedIOException if a file can't be read or written
     */
    public Path copy(Path root, Map<String, String> more) {
        Check.given("root", root);
        Map<String, byte[]> contents = new TreeMap<>();
        Check.given("more", more)
                .forEach((name, text) -> contents.put(
                        Check.given("name of a file", name),
                        Check.given("text of " + name, text).getBytes(StandardCharsets.UTF_8)));
        try {
            for (String name : files) {
                if (name.equals(Results.ROWS) || name.equals(Results.RECORD) || name.endsWith(".png")) {
                    contents.put(name, Files.readAllBytes(folder.resolve(name)));
                }
            }
            return Runs.of(root, record.experiment(), record.scale()).add(contents);
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " can't be copied to " + root + " (" + Reason.of(e) + ")", e);
        }
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
