package unlearn4j.experiment;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;
import tech.tablesaw.columns.numbers.NumberColumnFormatter;
import unlearn4j.core.Check;
import unlearn4j.core.Scale;

/** Measurements as a table, the form that {@code rows.csv} has, and back. */
final class MeasurementTable {
    /** The columns that every table of measurements ends with. */
    static final List<String> COLUMNS =
            List.of("where", "seed", "scale", "metric", "value", "unit", "published", "doubt");

    private static final String NUMBER = "-?\\d{1,9}(\\.\\d+)?";

    private MeasurementTable() {}

    static Table of(List<Measurement> all) {
        Set<String> subjects = new LinkedHashSet<>();
        all.forEach(one -> subjects.addAll(one.subject().keySet()));
        Table table = Table.create("Measured");
        for (String name : subjects) {
            table.addColumns(
                    column(name, all.stream().map(one -> one.text(name)).toList()));
        }
        for (String name : COLUMNS) {
            table.addColumns(
                    switch (name) {
                        case "seed" -> {
                            LongColumn seeds = LongColumn.create(name);
                            all.forEach(one -> one.seed().ifPresentOrElse(seeds::append, seeds::appendMissing));
                            yield seeds;
                        }
                        case "value" ->
                            numbers(
                                    name,
                                    all.stream().mapToDouble(Measurement::value).toArray());
                        case "published" ->
                            numbers(
                                    name,
                                    all.stream()
                                            .mapToDouble(Measurement::published)
                                            .toArray());
                        default -> StringColumn.create(name, all.stream().map(one -> one.text(name)));
                    });
        }
        return table;
    }

    /** Takes back what {@link #of} gave. */
    static List<Measurement> read(Table table) {
        List<String> names = table.columnNames();
        int subjects = names.size() - COLUMNS.size();
        Check.that(
                subjects >= 0 && names.subList(subjects, names.size()).equals(COLUMNS),
                "%s is no table of measurements: its columns %s must end with %s",
                table.name(),
                names,
                COLUMNS);
        List<Measurement> found = new ArrayList<>();
        for (int row = 0; row < table.rowCount(); row++) {
            Map<String, String> texts = new LinkedHashMap<>();
            for (Column<?> column : table.columns()) {
                boolean number = column instanceof DoubleColumn && !column.isMissing(row);
                boolean exact = List.of("value", "published").contains(column.name());
                texts.put(
                        column.name(),
                        !number
                                ? column.getString(row)
                                : exact ? "" + column.get(row) : Measurements.text(column.get(row)));
            }
            found.add(measurement(table.name(), row, texts));
        }
        return found;
    }

    private static Measurement measurement(String table, int row, Map<String, String> texts) {
        try {
            String seed = texts.get("seed");
            String printed = texts.get("published");
            Map<String, String> subject = new LinkedHashMap<>(texts);
            subject.keySet().removeAll(COLUMNS);
            subject.values().removeIf(String::isEmpty);
            // A column of numbers is written with decimals, 1 as 1.0.
            subject.replaceAll((name, text) -> text.matches(NUMBER) ? Measurements.text(Double.valueOf(text)) : text);
            return new Measurement(
                    subject,
                    texts.get("where"),
                    seed.isEmpty() ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(seed)),
                    scale(texts.get("scale")),
                    texts.get("metric"),
                    Double.parseDouble(texts.get("value")),
                    texts.get("unit"),
                    printed.isEmpty() ? Double.NaN : Double.parseDouble(printed),
                    texts.get("doubt"));
        } catch (IllegalArgumentException e) {
            throw Check.refusal("row %d of %s is no measurement (%s)", row + 1, table, e.getMessage());
        }
    }

    private static Scale scale(String text) {
        return Arrays.stream(Scale.values())
                .filter(scale -> scale.name().equals(text))
                .findFirst()
                .orElseThrow(
                        () -> Check.refusal("scale (%s) must be one of %s", text, Arrays.toString(Scale.values())));
    }

    /** Returns a column of numbers where all texts are, so that charts can count on it; of text otherwise. */
    static Column<?> column(String name, List<String> texts) {
        boolean numbers = !texts.isEmpty() && texts.stream().allMatch(text -> text.matches(NUMBER));
        return numbers
                ? numbers(name, texts.stream().mapToDouble(Double::parseDouble).toArray())
                : StringColumn.create(name, texts);
    }

    private static DoubleColumn numbers(String name, double[] values) {
        DoubleColumn column = DoubleColumn.create(name, values);
        column.setPrintFormatter(new NumberColumnFormatter(
                new DecimalFormat("#,##0.######", DecimalFormatSymbols.getInstance(Locale.ROOT))));
        return column;
    }
}
