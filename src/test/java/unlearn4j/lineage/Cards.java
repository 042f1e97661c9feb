package unlearn4j.lineage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Model cards for tests. */
final class Cards {
    private final Path folder;

    Cards(Path folder) {
        this.folder = folder;
    }

    /** Writes a card that has these lines of YAML. */
    Cards card(String model, String... yaml) {
        return raw(model + "/README.md", "---\n" + String.join("\n", yaml) + "\n---\n# A model\n");
    }

    Cards raw(String file, String text) {
        try {
            Path card = folder.resolve(file);
            Files.createDirectories(card.getParent());
            Files.writeString(card, text);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Lineage read() {
        return Lineage.cards(folder);
    }
}
