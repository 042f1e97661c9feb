package unlearn4j.report;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import unlearn4j.data.Images;

/** Which rows of a data set some images are, in words: {@code "0-59 61 7-9"}, runs with both ends, in the images' order. */
final class Rows {
    private Rows() {}

    static String of(Images images) {
        List<String> runs = new ArrayList<>();
        for (int start = 0, end; start < images.size(); start = end) {
            end = start + 1;
            while (end < images.size() && images.row(end) == images.row(end - 1) + 1) {
                end++;
            }
            runs.add(images.row(start) + (end - start == 1 ? "" : "-" + images.row(end - 1)));
        }
        return String.join(" ", runs);
    }

    static int[] read(String runs) {
        return Arrays.stream(runs.split(" "))
                .filter(run -> !run.isEmpty())
                .flatMapToInt(run -> {
                    String[] ends = run.split("-");
                    return IntStream.rangeClosed(Integer.parseInt(ends[0]), Integer.parseInt(ends[ends.length - 1]));
                })
                .toArray();
    }
}
