package unlearn4j.lineage;

import java.util.ArrayList;
import java.util.List;
import unlearn4j.data.DataException;
import unlearn4j.data.Labels;

/** What a card or a run says of its images' labels, {@code "0 3"}: neither form has a place for them, so it is a tag. */
final class LabelsTag {
    static final String KEY = "unlearn4j-labels";
    private static final int MOST_DIGITS = 6;

    private LabelsTag() {}

    /** Returns the training data with those labels; as it was if {@code text} is null. */
    static TrainedOn applied(String text, TrainedOn trainedOn, String place) {
        if (text == null) {
            return trainedOn;
        }
        List<Integer> labels = new ArrayList<>();
        for (String word : text.strip().split("\\s+")) {
            if (!word.matches("[0-9]{1," + MOST_DIGITS + "}")) {
                throw new DataException(
                        place + ": " + KEY + " (" + text + ") must be labels, 0 or more, with spaces between them");
            }
            labels.add(Integer.valueOf(word));
        }
        return trainedOn.only(Labels.of(labels));
    }
}
