package unlearn4j.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;
import unlearn4j.data.DataException;

/**
 * What shadow networks said, a file for each, so that several notebooks share them. A line for each candidate: whether the
 * network learned it, and its confidence.
 *
 * @param folder where the files are
 * @param of what they depend on: the candidates' hash, the seed, how the networks are made
 */
record ShadowFiles(Path folder, String of) {
    private static final String HEADER = "learned,confidence";

    /** Returns what a shadow network said, if that is kept. */
    Optional<double[]> read(int shadow, boolean[] learned) {
        Path file = file(shadow);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            List<String> lines = Files.readAllLines(file);
            double[] confidences = new double[learned.length];
            boolean whole = lines.size() == learned.length + 1 && lines.get(0).equals(HEADER);
            for (int i = 0; whole && i < learned.length; i++) {
                String[] cells = lines.get(i + 1).split(",");
                whole = cells.length == 2 && cells[0].equals("" + learned[i]);
                confidences[i] = whole ? Double.parseDouble(cells[1]) : 0;
                whole &= Double.isFinite(confidences[i]);
            }
            if (whole) {
                return Optional.of(confidences);
            }
            throw damaged(file, null);
        } catch (IOException | NumberFormatException e) {
            throw damaged(file, e);
        }
    }

    private static DataException damaged(Path file, Exception cause) {
        String message = file + " is damaged: delete it, and its shadow network is made anew";
        return cause == null ? new DataException(message) : new DataException(message, cause);
    }

    /** Keeps what a shadow network said, whole or not at all. */
    void write(int shadow, boolean[] learned, double[] confidences) {
        List<String> lines = new ArrayList<>(List.of(HEADER));
        for (int i = 0; i < learned.length; i++) {
            lines.add(learned[i] + "," + confidences[i]);
        }
        try {
            Files.createDirectories(folder);
            Path aside = Files.createTempFile(folder, ".shadow", "");
            try {
                Files.write(aside, lines);
                Files.move(aside, file(shadow), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(aside);
            }
        } catch (IOException e) {
            throw new DataException(folder + " can't keep a shadow network (" + e.getMessage() + ")", e);
        }
    }

    private Path file(int shadow) {
        String hash = DigestUtils.sha256Hex(of + " " + shadow);
        return folder.resolve("shadow-" + hash.substring(0, 32) + ".csv");
    }
}
