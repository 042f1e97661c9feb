package unlearn4j.lineage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The stores that MLflow wrote, by store.py beside them. */
public final class Stores {
    private Stores() {}

    /** Unpacks one into a folder, for other packages' tests. */
    public static Path written(Path folder) {
        try {
            Path there = folder.resolve("mlflow-2.22.5.db");
            return Files.exists(there) ? there : unpacked("mlflow-2.22.5.db.gz", folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a model card into a folder, for other packages' tests. */
    public static Path cards(Path folder) {
        new Cards(folder).card("base", "datasets: mnist");
        return folder;
    }

    /** Unpacks one into a folder. */
    static Path unpacked(String name, Path folder) throws IOException {
        Path to = folder.resolve(name.substring(0, name.lastIndexOf('.')));
        try (InputStream in = Stores.class.getResourceAsStream(name)) {
            if (name.endsWith(".gz")) {
                Files.copy(new GZIPInputStream(in), to);
                return to;
            }
            ZipInputStream zip = new ZipInputStream(in);
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = to.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else {
                    Files.createDirectories(file.getParent());
                    Files.copy(zip, file);
                }
            }
        }
        return to;
    }
}
