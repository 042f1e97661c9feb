package unlearn4j.data;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.csv.CsvReadOptions;
import unlearn4j.core.Reason;

/**
 * Lists the files that a CSV names, with the columns {@code path}, {@code label} and perhaps {@code split}: train, test, or
 * val, which are the test images where none are called test. Paths are those from the CSV's own folder on, and stay in it.
 */
final class CsvListing {
    private static final Set<String> SPLITS = Set.of("train", "test", "val");
    /** The header is the first line. */
    private static final int FIRST_ROW = 2;

    private final Path csv;
    private final Table rows;

    private CsvListing(Path csv, Table rows) {
        this.csv = csv;
        this.rows = rows;
    }

    static Listing of(Path csv) {
        try {
            String text = Files.readString(csv).replaceFirst("^\uFEFF", "");
            Table rows = Table.read()
                    .usingOptions(CsvReadOptions.builder(new StringReader(text))
                            .missingValueIndicator("")
                            .columnTypes(column -> ColumnType.STRING));
            return new CsvListing(csv, rows).listing();
        } catch (CharacterCodingException e) {
            throw new DataException(csv + " is no text in UTF-8: save it as CSV, UTF-8", e);
        } catch (IOException e) {
            throw new DataException(csv + " can't be read (" + Reason.of(e) + ")", e);
        } catch (DataException e) {
            throw e;
        } catch (RuntimeException e) {
            // Tablesaw's own, of lines that are too short or too long, and its parser's.
            throw new DataException(csv + " is no CSV with as many words in each line: columns path,label,split", e);
        }
    }

    private Listing listing() {
        if (!rows.columnNames().containsAll(List.of("path", "label"))) {
            throw refused("it has the columns " + rows.columnNames() + ", it needs path and label, divided by commas");
        }
        boolean split = rows.columnNames().contains("split");
        List<String> given = new ArrayList<>();
        for (int row = 0; row < rows.rowCount(); row++) {
            given.add(word(row, "label"));
        }
        List<String> labels = Listing.inOrder(given);
        if (labels.size() < 2) {
            throw refused("it has " + labels.size() + " labels, at least 2 are needed");
        }
        Listing.twice(labels).ifPresent(both -> {
            throw refused("its labels " + both + " differ in nothing but case: rename one");
        });
        List<String> splits = IntStream.range(0, rows.rowCount())
                .mapToObj(row -> split ? word(row, "split") : "train")
                .toList();
        String test = splits.contains("test") ? "test" : "val";
        Map<Path, Integer> before = new HashMap<>();
        List<Listing.Entry> files = new ArrayList<>();
        for (int row = 0; row < rows.rowCount(); row++) {
            if (!SPLITS.contains(splits.get(row))) {
                throw refused(row, "split " + splits.get(row) + " is none of train, test, val");
            }
            Path path = path(row);
            Integer line = before.put(path, row + FIRST_ROW);
            if (line != null) {
                throw refused(row, word(row, "path") + " is in line " + line + " already");
            }
            if (splits.get(row).equals("train") || splits.get(row).equals(test)) {
                String name = folder().relativize(path).toString().replace('\\', '/');
                files.add(new Listing.Entry(
                        path,
                        name,
                        labels.indexOf(given.get(row)),
                        splits.get(row).equals(test)));
            }
        }
        return new Listing(csv.getFileName().toString(), labels, files, new BadFiles());
    }

    private Path folder() {
        return csv.toAbsolutePath().normalize().getParent();
    }

    private Path path(int row) {
        String word = word(row, "path");
        try {
            Path path = folder().resolve(word).normalize();
            if (path.startsWith(folder()) && !path.equals(folder())) {
                return path;
            }
        } catch (InvalidPathException e) {
            throw refused(row, "path " + word + " is no path");
        }
        throw refused(row, "path " + word + " leads out of the CSV's folder: move the CSV above all images");
    }

    private String word(int row, String column) {
        String word = rows.stringColumn(column).get(row).strip();
        if (word.isEmpty()) {
            throw refused(row, "its " + column + " is missing");
        }
        return word;
    }

    private DataException refused(int row, String why) {
        return refused("line " + (row + FIRST_ROW) + ": " + why);
    }

    private DataException refused(String why) {
        return new DataException(csv + " is no list of images (" + why + ")");
    }
}
