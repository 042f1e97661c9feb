package unlearn4j.lineage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import unlearn4j.data.DataException;

/** The files of YAML that MLflow's file store is made of, one in each of its folders. */
final class MetaFile {
    static final String NAME = "meta.yaml";
    private static final long LARGEST = 1 << 20;

    private MetaFile() {}

    /** Returns the folders in a folder, in order, but for hidden ones; none if it isn't there. */
    static List<Path> folders(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(Files::isDirectory)
                    .filter(each -> !each.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }

    static Map<String, Object> meta(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        if (!Files.exists(file)) {
            throw new DataException(folder + " has no " + NAME + ": the store is damaged, or being written to");
        }
        return SafeYaml.texts(content(file), file.toString());
    }

    static String content(Path file) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw new DataException(file + " has more than " + (LARGEST >> 20) + " MiB: it is none of MLflow's");
        }
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    static String needed(Path folder, Map<String, Object> meta, String key) {
        String value = text(meta, key);
        if (value == null) {
            throw new DataException(folder.resolve(NAME) + " has no " + key + ": it is none of MLflow's");
        }
        return value;
    }

    static String text(Map<?, ?> meta, String key) {
        Object value = meta.get(key);
        return value instanceof String text && !text.isBlank() && !text.equals("null") ? text : null;
    }
}
