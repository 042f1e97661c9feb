package unlearn4j.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.XYChart;

class ChartsTest {
    private static final List<String> CLIENTS = List.of("client-1", "client-2", "client-3");
    private static final Bars BEFORE = Bars.of("before", 81.5, 79, 100);
    private static final Bars AFTER = Bars.of("after", 81, 0, 98.25);

    @Test
    void linesAreDrawnInColoursOfTheirOwn() throws Exception {
        XYChart chart = Charts.lines(
                "While training",
                "epoch",
                "accuracy, %",
                Curve.of("client-1", 20, 50, 60),
                Curve.of("client-2", 30, 60, 80));

        BufferedImage image =
                ImageIO.read(new ByteArrayInputStream(Charts.picture(chart).png()));

        assertThat(image.getWidth()).isEqualTo(2 * Charts.WIDTH);
        assertThat(image.getHeight()).isEqualTo(2 * Charts.HEIGHT);
        assertThat(colours(image)).contains(Color.WHITE, Charts.COLOURS.get(0), Charts.COLOURS.get(1));
        assertThat(chart.getTitle()).isEqualTo("While training");
    }

    @Test
    void aPercentAxisGoesFromZeroToAHundredUnlessValuesLieOutside() {
        assertThat(Charts.lines("", "epoch", "accuracy, %", Curve.of("a", 20, 50))
                        .getStyler()
                        .getYAxisMax())
                .isEqualTo(100.0);
        assertThat(Charts.lines("", "epoch", "loss", Curve.of("a", 2, 1))
                        .getStyler()
                        .getYAxisMax())
                .isNull();
        assertThat(Charts.lines("", "node", "change, %", Curve.of("a", -2, 1))
                        .getStyler()
                        .getYAxisMax())
                .isNull();
    }

    @Test
    void aLongCurveKeepsAllItsPointsAndIsMarkedAtAFew() {
        double[] values = IntStream.range(0, 500).mapToDouble(i -> i / 5.0).toArray();

        XYChart chart = Charts.lines("", "epoch", "accuracy, %", Curve.of("a", values), Curve.of("b", values));

        assertThat(chart.getSeriesMap().get("a").getXData()).hasSize(500);
        assertThat(chart.getSeriesMap().get("a ").getXData()).hasSizeBetween(5, 25);
        assertThat(chart.getSeriesMap().values().stream().filter(series -> series.isShowInLegend()))
                .hasSize(2);
        assertThat(Charts.picture(chart).png()).isNotEmpty();
    }

    @Test
    void aLongCurvesPlacesAreNumberedRoundAndApart() {
        for (int epochs : new int[] {60, 120, 150, 500, 1000}) {
            XYChart chart = Charts.lines("", "", "accuracy, %", Curve.of("a", new double[epochs]));
            List<Integer> places = Pattern.compile(">([\\d,]+)</text>")
                    .matcher(Charts.picture(chart).svg())
                    .results()
                    .map(number -> Integer.parseInt(number.group(1).replace(",", "")))
                    .filter(number -> number > 100 || epochs <= 100 && number % 20 != 0)
                    .toList();
            assertThat(places)
                    .as("%d epochs", epochs)
                    .hasSizeLessThanOrEqualTo(10)
                    .allMatch(place -> place % 5 == 0);
        }
    }

    /** What a name has more than a line is broken, and what it has more than two is cut in its middle. */
    @Test
    void aLongNameLeavesThePlotItsRoom() {
        String name = "a-client-whose-name-has-forty-characters";
        String endless = "client of a network ".repeat(20) + "17";
        Set<Color> lines = new HashSet<>();
        for (String each : List.of(name, endless)) {
            XYChart chart = Charts.lines("", "epoch", "accuracy, %", Curve.of(each, 1, 2), Curve.of("b", 90, 90));
            BufferedImage image = Charts.picture(chart).image();
            for (int x = image.getWidth() / 2; x < image.getWidth() * 6 / 10; x++) {
                for (int y = 0; y < image.getHeight() / 3; y++) {
                    lines.add(new Color(image.getRGB(x, y)));
                }
            }
            assertThat(lines).as("the line, past the middle").contains(Charts.COLOURS.get(1));
            lines.clear();
            BufferedImage bars = Charts.picture(Charts.bars(
                            "",
                            "client",
                            "accuracy, %",
                            List.of(each, "b"),
                            Bars.of(each, 100, 100),
                            Bars.of("b", 0, 0)))
                    .image();
            long high = IntStream.range(0, bars.getHeight())
                    .filter(y -> IntStream.range(0, bars.getWidth() / 2)
                            .anyMatch(x -> Charts.COLOURS.get(0).getRGB() == bars.getRGB(x, y)))
                    .count();
            assertThat(high).as("the bar's height").isGreaterThan(bars.getHeight() * 2 / 5);
        }
        assertThat(Charts.picture(Charts.lines("", "", "", Curve.of(name, 1), Curve.of("b", 1)))
                        .svg())
                .contains(">a-client-whose-name-has-<", ">forty-characters<");
        assertThat(Charts.bars("", "", "", List.of(""), Bars.of("a", 1)).getSeriesMap())
                .as("a name without letters")
                .hasSize(1);
        String svg = Charts.picture(Charts.heat("", "x", "y", List.of(endless), List.of(name, "1"), new double[1][2]))
                .svg();
        assertThat(svg).contains("client of a …").doesNotContain(endless);
    }

    @Test
    void barsKeepTheOrderTheyAreGivenIn() throws Exception {
        CategoryChart chart = Charts.bars("Before and after", "client", "accuracy, %", CLIENTS, BEFORE, AFTER);

        assertThat(chart.getSeriesMap().keySet()).containsExactly("before", "after");
        assertThat(colours(Charts.picture(chart).image())).contains(Charts.COLOURS.get(0), Charts.COLOURS.get(1));
    }

    @Test
    void aMissingBarLeavesAGapThatABarOfZeroDoesNotLookLike() throws Exception {
        BufferedImage missing = Charts.picture(pair(Double.NaN)).image();
        BufferedImage zero = Charts.picture(pair(0)).image();
        BufferedImage none = Charts.picture(pair(Double.NaN, Double.NaN)).image();

        // The right half of the plot, above the axis' names.
        assertThat(inked(missing)).isZero();
        assertThat(inked(zero)).isPositive();
        assertThat(inked(none)).isZero();
        assertThat(Charts.picture(Charts.bars("", "node", "seconds", List.of("a"), Bars.of("s", Double.NaN)))
                        .png())
                .isNotEmpty();
    }

    private static CategoryChart pair(double... values) {
        double[] all = DoubleStream.concat(
                        DoubleStream.of(values.length > 1 ? values[0] : 50), DoubleStream.of(values[values.length - 1]))
                .toArray();
        return Charts.bars("", "node", "AD_f, %", List.of("a", "b"), Bars.of("AD_f", all));
    }

    private static int inked(BufferedImage image) {
        int inked = 0;
        for (int x = image.getWidth() * 2 / 3; x < image.getWidth() - 60; x++) {
            for (int y = 60; y < image.getHeight() * 4 / 5; y++) {
                Color colour = new Color(image.getRGB(x, y));
                inked += colour.getRed() < 0x80 ? 1 : 0;
            }
        }
        return inked;
    }

    @Test
    void fewBarsCarryTheirValuesAndManyDoNot() {
        assertThat(values(16)).isEqualTo(16);
        assertThat(values(17)).isZero();
    }

    @Test
    void aLargerNumberIsDrawnDarker() {
        BufferedImage image = Charts.picture(
                        Charts.heat("Accuracy", "λ", "T", List.of("1", "3"), List.of("0", "0.5"), new double[][] {
                            {71.5, 72}, {80, 85.25}
                        }))
                .image();
        int plotLeft = image.getWidth() / 3;
        int plotRight = image.getWidth() * 2 / 3;
        int upper = image.getHeight() / 4;
        int lower = image.getHeight() * 2 / 3;
        assertThat(light(image, plotRight, lower)).isLessThan(light(image, plotLeft, lower));
        assertThat(light(image, plotLeft, lower)).isLessThan(light(image, plotLeft, upper));
    }

    @Test
    void aMarkIsWrittenIntoItsOwnCell() {
        List<String> rows = List.of("1", "3");
        BufferedImage plain = Charts.picture(Charts.heat("T", "λ", "T", rows, rows, new double[][] {{1, 2}, {3, 4}}))
                .image();
        BufferedImage marked = Charts.picture(Charts.mark(
                        Charts.heat("T", "λ", "T", rows, rows, new double[][] {{1, 2}, {3, 4}}), "3", "1", "here"))
                .image();
        int differing = 0;
        for (int x = 0; x < plain.getWidth(); x++) {
            for (int y = 0; y < plain.getHeight(); y++) {
                if (plain.getRGB(x, y) != marked.getRGB(x, y)) {
                    differing++;
                    assertThat(x).as("lower left cell").isLessThan(plain.getWidth() / 2);
                    assertThat(y).as("lower left cell").isGreaterThan(plain.getHeight() / 2);
                }
            }
        }
        assertThat(differing).isGreaterThan(50);
        assertThatThrownBy(() -> Charts.mark(
                        Charts.heat("T", "λ", "T", rows, rows, new double[][] {{1, 2}, {3, 4}}), "2", "1", "here"))
                .hasMessage("there is no row 2, there are [3, 1]");
    }

    private static int light(BufferedImage image, int x, int y) {
        int rgb = image.getRGB(x, y);
        return (rgb >> 16 & 255) + (rgb >> 8 & 255) + (rgb & 255);
    }

    @Test
    void countsAreDrawnForTenClassesAndForAHundred() {
        List<String> ten =
                IntStream.range(0, 10).mapToObj(i -> "a class's name " + i).toList();
        List<String> hundred =
                IntStream.range(0, 100).mapToObj(Integer::toString).toList();

        BufferedImage small = Charts.picture(Charts.counts("Images", "class", "client", CLIENTS, ten, counts(3, 10)))
                .image();
        BufferedImage large = Charts.picture(
                        Charts.counts("Images", "class", "client", CLIENTS, hundred, counts(3, 100)))
                .image();

        assertThat(colours(small)).hasSizeGreaterThan(20);
        assertThat(colours(large)).hasSizeGreaterThan(100);
    }

    @Test
    void coloursStayApartInAGreyPrint() {
        for (int i = 0; i < Charts.COLOURS.size(); i++) {
            for (int j = 0; j < i; j++) {
                assertThat(Math.abs(lightness(Charts.COLOURS.get(i)) - lightness(Charts.COLOURS.get(j))))
                        .as("L* of colours %d and %d", i, j)
                        .isGreaterThan(i < 6 ? 11 : 6);
            }
        }
        assertThat(lightness(Charts.COLOURS.get(4)))
                .as("the last colour of a line, on white")
                .isLessThan(75);
    }

    /** How those see who lack red's or green's cones: Machado, Oliveira and Fernandes 2009, severity 1. */
    static List<double[][]> eyes() {
        return List.of(
                new double[][] {
                    {0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}
                },
                new double[][] {
                    {0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}
                });
    }

    @ParameterizedTest
    @MethodSource("eyes")
    void tenColoursStayApartForTheColourBlind(double[][] eye) {
        assertThat(Charts.COLOURS).hasSize(10);
        for (int i = 0; i < Charts.COLOURS.size(); i++) {
            for (int j = 0; j < i; j++) {
                double[] one = lab(Charts.COLOURS.get(i), eye);
                double[] other = lab(Charts.COLOURS.get(j), eye);
                double distance = Math.sqrt(IntStream.range(0, 3)
                        .mapToDouble(k -> Math.pow(one[k] - other[k], 2))
                        .sum());
                // ΔE of 2.3 is what an eye just tells apart.
                assertThat(distance).as("ΔE of colours %d and %d", i, j).isGreaterThan(9);
            }
        }
    }

    private static double[] lab(Color colour, double[][] eye) {
        double[] rgb = {linear(colour.getRed()), linear(colour.getGreen()), linear(colour.getBlue())};
        double[] seen = Arrays.stream(eye)
                .mapToDouble(row -> Math.max(0, Math.min(1, row[0] * rgb[0] + row[1] * rgb[1] + row[2] * rgb[2])))
                .toArray();
        double x = share((0.4124 * seen[0] + 0.3576 * seen[1] + 0.1805 * seen[2]) / 0.9505);
        double y = share(0.2126 * seen[0] + 0.7152 * seen[1] + 0.0722 * seen[2]);
        double z = share((0.0193 * seen[0] + 0.1192 * seen[1] + 0.9505 * seen[2]) / 1.089);
        return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
    }

    private static double share(double t) {
        return t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116.0;
    }

    @Test
    void aWhiskerIsCutWhereThePercentAxisEnds() throws Exception {
        Bars sure = Bars.of("a", 90, 95).within(new double[] {80, Double.NaN}, new double[] {130, Double.NaN});
        CategoryChart chart = Charts.bars("", "node", "AD_r, %", List.of("x", "y"), sure);
        assertThat(chart.getStyler().getYAxisMax()).isEqualTo(100.0);
        assertThat(chart.getXAxisTitle()).isEqualTo("node (whiskers: 95 % interval)");
        assertThat(Charts.picture(chart).svg().split("<path").length)
                .isGreaterThan(
                        Charts.picture(Charts.bars("", "node", "AD_r, %", List.of("x", "y"), Bars.of("a", 90, 95)))
                                .svg()
                                .split("<path")
                                .length);
        assertThatThrownBy(() -> Bars.of("a", 1).within(new double[] {2}, new double[] {1}))
                .hasMessage("bars a: interval 0 from 2.0 to 1.0 must go upwards, or have NaN for both bounds");
        assertThatThrownBy(() -> Curve.of("a", 1).within(new double[0], new double[1]))
                .hasMessage("curve a: there are 1 values, 0 lower and 1 upper bounds: give as many of each");
    }

    @Test
    void anSvgIsAnElementThatNamesAFontOfEveryMachine() {
        String svg = GraphPicture.of(
                        List.of(new GraphPicture.Node("base <1> & more", unlearn4j.umig.Role.DISCOVERY, "")), List.of())
                .svg();

        assertThat(svg)
                .startsWith("<svg ")
                .contains(",Verdana,sans-serif", "base &lt;1&gt; &amp; more")
                .doesNotContain("DOCTYPE");
    }

    static List<Arguments> wrongCharts() {
        return List.of(
                wrong("curves must not be empty", () -> Charts.lines("t", "x", "y", List.of())),
                wrong(
                        "curve a has 2 places and 1 values: give as many of each",
                        () -> new Curve("a", new double[2], new double[1])),
                wrong("curve a must have a point", () -> Curve.of("a")),
                wrong("curve a: value 1 (NaN) must be a finite number", () -> Curve.of("a", 1, Double.NaN)),
                wrong(
                        "curve a: place 1 (1.0) must not lie before the one before it (2.0)",
                        () -> new Curve("a", new double[] {2, 1}, new double[2])),
                wrong("a curve's name ( ) must not be blank", () -> Curve.of(" ", 1)),
                wrong(
                        "curve a is given twice: give each a name of its own",
                        () -> Charts.lines("t", "x", "y", Curve.of("a", 1), Curve.of("a", 2))),
                wrong(
                        "26 curves are more than a reader can tell apart: give 25 or fewer",
                        () -> Charts.lines(
                                "t",
                                "x",
                                "y",
                                IntStream.range(0, 26)
                                        .mapToObj(i -> Curve.of("c" + i, 1))
                                        .toList())),
                wrong("title must be given, not null", () -> Charts.lines(null, "x", "y", Curve.of("a", 1))),
                wrong("bars must not be empty", () -> Charts.bars("t", "x", "y", CLIENTS, List.of())),
                wrong("categories must not be empty", () -> Charts.bars("t", "x", "y", List.of(), BEFORE)),
                wrong(
                        "bars before have 3 values for 1 categories: give one for each",
                        () -> Charts.bars("t", "x", "y", List.of("a"), BEFORE)),
                wrong(
                        "bars a: value 0 (Infinity) must be a finite number, or NaN where it is missing",
                        () -> Bars.of("a", Double.POSITIVE_INFINITY)),
                wrong(
                        "11 bars in a group are more than a reader can tell apart: give 10 or fewer",
                        () -> Charts.bars(
                                "t",
                                "x",
                                "y",
                                List.of("n"),
                                IntStream.range(0, 11)
                                        .mapToObj(i -> Bars.of("b" + i, 1))
                                        .toList())),
                wrong(
                        "category a is given twice: give each a name of its own",
                        () -> Charts.bars("t", "x", "y", List.of("a", "a"), Bars.of("b", 1, 2))),
                wrong(
                        "there are numbers for 1 rows, and names for 3",
                        () -> Charts.counts("t", "x", "y", CLIENTS, List.of("0"), new int[1][1])),
                wrong(
                        "row client-1 has 1 numbers for 2 columns: give one for each",
                        () -> Charts.counts("t", "x", "y", CLIENTS, List.of("0", "1"), new int[3][1])),
                wrong(
                        "row 0, column 0: the count (-1) must be 0 or more",
                        () -> Charts.counts("t", "x", "y", CLIENTS, List.of("0"), new int[][] {{-1}, {0}, {0}})),
                wrong(
                        "row client-2, column 0: NaN must be a finite number",
                        () -> Charts.heat(
                                "t", "x", "y", CLIENTS, List.of("0"), new double[][] {{1}, {Double.NaN}, {0}})));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongCharts")
    void whatIsWrongIsSaidInOneLine(String message, ThrowingCallable chart) {
        assertThatThrownBy(chart).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    private static Arguments wrong(String message, ThrowingCallable chart) {
        return Arguments.of(message, chart);
    }

    private static int[][] counts(int rows, int columns) {
        int[][] counts = new int[rows][columns];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                counts[row][column] = row * columns + column;
            }
        }
        return counts;
    }

    private static int values(int bars) {
        List<String> nodes = IntStream.range(0, bars).mapToObj(i -> "n" + i).toList();
        double[] values = new double[bars];
        Arrays.fill(values, 12.5);
        String svg = Charts.picture(Charts.bars("", "x", "y", nodes, new Bars("a", values)))
                .svg();
        return svg.split(bars > 10 ? ">13<" : ">12.5<", -1).length - 1;
    }

    static Set<Color> colours(BufferedImage image) {
        Set<Color> colours = new HashSet<>();
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                colours.add(new Color(image.getRGB(x, y)));
            }
        }
        return colours;
    }

    /** CIE 1976 L*, 0 to 100, of an sRGB colour. */
    static double lightness(Color colour) {
        double luminance = 0.2126 * linear(colour.getRed())
                + 0.7152 * linear(colour.getGreen())
                + 0.0722 * linear(colour.getBlue());
        return luminance > 0.008856 ? 116 * Math.cbrt(luminance) - 16 : 903.3 * luminance;
    }

    private static double linear(int channel) {
        double c = channel / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }
}
