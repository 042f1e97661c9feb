package unlearn4j.lineage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import unlearn4j.core.Reason;
import unlearn4j.data.DataException;
import unlearn4j.lineage.Lineage.Model;

/** A folder of model cards, Markdown that begins with YAML between two lines of three dashes. */
final class ModelCards {
    private static final long LARGEST = 8L << 20;
    private static final Pattern BEGINNING =
            Pattern.compile("\\A\\uFEFF?---[ \\t]*\\R(.*?)(?<=[\\r\\n])---[ \\t]*(\\R|\\z)", Pattern.DOTALL);

    private final Path folder;

    ModelCards(Path folder) {
        this.folder = folder;
    }

    List<Model> models() {
        try (Stream<Path> files = Files.walk(folder)) {
            List<Model> models = files.filter(file -> lower(file).endsWith(".md") && Files.isRegularFile(file))
                    .sorted()
                    .map(this::model)
                    .toList();
            if (models.isEmpty()) {
                throw new DataException(
                        folder + " has no model card: put one in a folder for each model, owner/name/README.md");
            }
            return models;
        } catch (IOException | UncheckedIOException e) {
            IOException cause = e instanceof UncheckedIOException unchecked ? unchecked.getCause() : (IOException) e;
            throw new DataException("model cards can't be read: " + Reason.of(cause), e);
        }
    }

    private static String lower(Path file) {
        return file.getFileName().toString().toLowerCase(Locale.ROOT);
    }

    /** A model's name is its card's folder, or its card's name where it is no README. */
    private String name(Path file) {
        boolean inFolder = lower(file).equals("readme.md");
        Path of = inFolder
                ? file.toAbsolutePath().normalize().getParent()
                : file.toAbsolutePath().normalize();
        String name =
                folder.toAbsolutePath().normalize().relativize(of).toString().replace('\\', '/');
        if (name.isEmpty()) {
            return String.valueOf(of.getFileName());
        }
        return inFolder ? name : name.substring(0, name.length() - ".md".length());
    }

    private Model model(Path file) {
        String text;
        try {
            if (Files.size(file) > LARGEST) {
                throw new DataException(file + " has more than " + (LARGEST >> 20) + " MiB: it is no model card");
            }
            text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Matcher beginning = BEGINNING.matcher(text);
        if (!beginning.find()) {
            if (text.startsWith("---")) {
                throw new DataException(
                        file + ": the YAML at its beginning has no end, a line of three dashes: add it");
            }
            return new Model(name(file), "", List.of(), TrainedOn.unknown("its card says nothing: it has no YAML"), "");
        }
        if (beginning.group(1).indexOf('\uFFFD') >= 0) {
            throw new DataException(file + ": the YAML at its beginning is no UTF-8: save it as UTF-8");
        }
        return Card.model(name(file), file, SafeYaml.map(beginning.group(1), file.toString()));
    }
}
