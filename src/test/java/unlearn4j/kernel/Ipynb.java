package unlearn4j.kernel;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What is written in a notebook's cells: {@code kind} is "code" or "markdown". */
record Ipynb(List<Cell> cells) {
    record Cell(String kind, String source) {}

    /** Our notebooks, and in a folder of their own the solutions of their exercises. */
    static List<Path> in(String folder) throws IOException {
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            return files.filter(file -> file.toString().endsWith(".ipynb"))
                    .sorted()
                    .toList();
        }
    }

    static Ipynb read(Path file) throws IOException {
        return new Ipynb(elements(JsonParser.parseString(Files.readString(file))
                        .getAsJsonObject()
                        .get("cells"))
                .map(JsonElement::getAsJsonObject)
                .map(cell -> new Cell(
                        cell.get("cell_type").getAsString(),
                        String.join(
                                "",
                                elements(cell.get("source"))
                                        .map(JsonElement::getAsString)
                                        .toList())))
                .toList());
    }

    private static Stream<JsonElement> elements(JsonElement array) {
        return StreamSupport.stream(array.getAsJsonArray().spliterator(), false);
    }

    List<String> sources(String kind) {
        return cells.stream()
                .filter(cell -> cell.kind.equals(kind))
                .map(Cell::source)
                .toList();
    }
}
