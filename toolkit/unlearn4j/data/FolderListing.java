package unlearn4j.data;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import unlearn4j.core.Reason;

/**
 * Lists a folder that has a folder for each class, or such folders below {@code train/} and {@code test/}; {@code val/} are
 * the test images where there is no {@code test/}. What the system put there itself, names that begin with a dot,
 * {@code Thumbs.db}, {@code desktop.ini}, is passed over.
 */
final class FolderListing {
    private static final Set<String> PARTS = Set.of("train", "test", "val");
    private static final Set<String> OF_THE_SYSTEM = Set.of("thumbs.db", "desktop.ini");

    private final Path root;
    private final String name;
    private final BadFiles bad = new BadFiles();
    private final List<Listing.Entry> files = new ArrayList<>();

    private FolderListing(Path root) {
        this.root = root;
        this.name = root.toAbsolutePath().normalize().getFileName() == null
                ? root.toString()
                : root.toAbsolutePath().normalize().getFileName().toString();
    }

    /** Lists a folder; refuses one without classes, with a class that has no files, or with one name in two cases. */
    static Listing of(Path root) {
        if (!Files.isDirectory(root)) {
            throw new DataException(root + (Files.exists(root) ? " is no folder" : " is not there")
                    + ": Datasets.folder reads a folder that has a folder for each class");
        }
        return new FolderListing(root).listing();
    }

    private Listing listing() {
        Map<String, Path> folders = folders(root, "");
        boolean parts = folders.containsKey("train") && PARTS.containsAll(folders.keySet());
        if (!parts && folders.keySet().containsAll(Set.of("train", "test"))) {
            folders.keySet().removeAll(PARTS);
            throw refused("it has train and test, and beside them " + folders.keySet() + ": move these away");
        }
        Map<String, Path> trained = parts ? folders(folders.get("train"), "train/") : folders;
        List<String> labels = Listing.inOrder(trained.keySet());
        if (labels.size() < 2) {
            throw refused(
                    "it has " + labels.size() + " folders of classes, at least 2 are needed, each with its images");
        }
        Listing.twice(labels).ifPresent(both -> {
            throw refused("its classes " + both + " differ in nothing but case: rename one");
        });
        trained.forEach(
                (label, folder) -> images(folder, parts ? "train/" + label : label, labels.indexOf(label), false));
        String test = folders.containsKey("test") ? "test" : "val";
        if (parts && folders.containsKey(test)) {
            folders(folders.get(test), test + "/").forEach((label, folder) -> {
                if (!labels.contains(label)) {
                    throw refused("its class " + test + "/" + label + " has no folder in train");
                }
                images(folder, test + "/" + label, labels.indexOf(label), true);
            });
        }
        return new Listing(name, labels, files, bad);
    }

    /** Returns the folders in a folder; a file beside them belongs to no class. */
    private Map<String, Path> folders(Path of, String within) {
        Map<String, Path> folders = new TreeMap<>();
        for (Map.Entry<String, Path> each : inside(of).entrySet()) {
            if (Files.isDirectory(each.getValue())) {
                folders.put(each.getKey(), each.getValue());
            } else {
                bad.add(within + each.getKey(), new IOException("it lies in no class's folder"));
            }
        }
        return folders;
    }

    private void images(Path folder, String within, int label, boolean test) {
        Map<String, Path> found = inside(folder);
        if (found.isEmpty()) {
            throw refused("its class " + within + " is empty: give it images, or remove it");
        }
        found.forEach((file, path) -> {
            if (Files.isRegularFile(path)) {
                files.add(new Listing.Entry(path, within + "/" + file, label, test));
            } else {
                bad.add(
                        within + "/" + file,
                        new IOException(
                                Files.isDirectory(path)
                                        ? "it is a folder within a class"
                                        : Files.isSymbolicLink(path)
                                                ? "it is a link that leads nowhere"
                                                : "it is no file"));
            }
        });
    }

    private Map<String, Path> inside(Path folder) {
        Map<String, Path> inside = new LinkedHashMap<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            if (!folder.equals(root) && root.toRealPath().startsWith(folder.toRealPath())) {
                throw refused(
                        "its folder " + root.relativize(folder) + " is a link that leads back to it: remove the link");
            }
            for (Path path : all) {
                String file = path.getFileName().toString();
                if (!file.startsWith(".") && !OF_THE_SYSTEM.contains(file.toLowerCase(java.util.Locale.ROOT))) {
                    inside.put(file, path);
                }
            }
            return inside;
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            IOException why = e instanceof IOException io ? io : (IOException) e.getCause();
            throw new DataException(folder + " can't be read (" + Reason.of(why) + ")", e);
        }
    }

    private DataException refused(String why) {
        return new DataException(root + " is no folder of classes (" + why + ")");
    }
}
