package unlearn4j.data;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import unlearn4j.core.Reason;
import unlearn4j.core.Screen;

/** The files of a data set that are no images: all are counted, the first five named. */
final class BadFiles {
    private static final int NAMED = 5;
    private static final int LONGEST = 60;

    private final List<String> files = new ArrayList<>();

    void add(String file, IOException why) {
        files.add(name(file) + " (" + Reason.of(why) + ")");
    }

    /** Returns how many there are. */
    int count() {
        return files.size();
    }

    /**
     * Refuses them, or says that they are left out.
     *
     * @param of the data set's name
     * @param all how many files it has
     * @param leaveOut whether they are left out
     */
    void settle(String of, int all, boolean leaveOut) {
        if (files.isEmpty()) {
            return;
        }
        String which = files.stream().limit(NAMED).collect(Collectors.joining(", "))
                + (files.size() > NAMED ? ", and " + (files.size() - NAMED) + " more" : "");
        String counted = String.format(Locale.ROOT, "%,d of %,d files of %s", files.size(), all, of);
        if (!leaveOut) {
            throw new DataException(counted + " can't be read as images: " + which
                    + ": mend or remove them, or leave them out, ReadingConfig.DEFAULT.leavingOut()");
        }
        Screen.current().show(counted + " left out: " + which);
    }

    /** Returns a file's name, or its end if it is long, so that five fit a line. */
    private static String name(String file) {
        return file.length() <= LONGEST ? file : "…" + file.substring(file.length() - LONGEST);
    }
}
