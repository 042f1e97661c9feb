package unlearn4j.hdus;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;
import unlearn4j.core.Check;
import unlearn4j.data.Images;
import unlearn4j.train.Evaluation;

/**
 * What the clients of a framework answered while another was forgotten (paper A, §IV.C and Fig. 3): a second thread asked
 * those who stay in turn, about the same images each time, before the request, while it was worked on, and after. Times are
 * seconds since the request, t = 0, and an answer's time is when it was asked for. The thread that asks shares the machine
 * with the one that forgets.
 *
 * <p>As the images are the same, an accuracy changes when a model does, and not otherwise. The paper measures all clients
 * before the request and all but one after it; here it is those who stay both times, so that no step comes from the change
 * of who is measured.
 */
public final class Service {
    private static final int LONGEST = 24 * 60 * 60;

    private final Receipt receipt;
    private final double done;
    private final List<Answer> answers;

    /**
     * One answer.
     *
     * @param client who answered
     * @param asked when, in seconds since the request
     * @param answered when the answer was there
     * @param accuracy in percent
     */
    public record Answer(String client, double asked, double answered, double accuracy) {
        /** Makes an answer. */
        public Answer {
            Check.given("client", client);
        }
    }

    /** A point of the curve. */
    private record Point(double seconds, double accuracy) {}

    /**
     * Describes a service that was watched.
     *
     * @param done when the forgetting was done
     * @param answers in the order in which they were asked for; each client that stays answered before 0, and was asked
     *     after {@code done}
     */
    Service(Receipt receipt, double done, List<Answer> answers) {
        this.receipt = receipt;
        this.done = done;
        this.answers = List.copyOf(answers);
    }

    /**
     * Lets a framework forget a client, and asks those who stay meanwhile.
     *
     * @param framework the framework
     * @param leaving who is forgotten
     * @param images what they are asked about
     * @param seconds how long they are asked before the request, and after it is done: 0 or more, a day at most, and at
     *     least until each has answered once
     * @throws IllegalArgumentException if there is no such client, if it is the last, or if the images don't fit
     * @throws unlearn4j.train.Interrupted if the thread is interrupted: nobody watches any more, and the framework is as
     *     {@link Framework#forget} leaves it
     */
    public static Service watch(Framework framework, String leaving, Images images, double seconds) {
        Check.given("framework", framework);
        Check.given("images", images);
        Check.that(!images.isEmpty(), "images (%s) must not be empty: the clients are asked about them", images.name());
        Check.notNegative("seconds", seconds);
        Check.that(seconds <= LONGEST, "seconds (%s) must be at most %d, a day", seconds, LONGEST);
        List<String> present = framework.clients();
        Members.checkPresent(leaving, present, Set.of());
        Members.checkNotLast(leaving, present.size());
        List<String> staying =
                present.stream().filter(client -> !client.equals(leaving)).toList();
        try (Asker asker = new Asker(framework, staying, images)) {
            asker.await(seconds);
            long start = System.nanoTime();
            Receipt receipt = framework.forget(leaving);
            long end = System.nanoTime();
            asker.await(seconds);
            return new Service(
                    receipt,
                    (end - start) / 1e9,
                    asker.answers().stream()
                            .map(answer -> new Answer(
                                    answer.client(),
                                    (answer.asked() - start) / 1e9,
                                    (answer.answered() - start) / 1e9,
                                    answer.accuracy()))
                            .toList());
        }
    }

    /** Returns the name of the framework. */
    public String framework() {
        return receipt.framework();
    }

    /** Returns what was done. */
    public Receipt receipt() {
        return receipt;
    }

    /** Returns all answers, in the order in which they were asked for. */
    public List<Answer> answers() {
        return answers;
    }

    /** Returns the accuracy of those who stay before the request, in percent: the mean of their last answers. */
    public double before() {
        return mean(Double.NEGATIVE_INFINITY, 0);
    }

    /** Returns the accuracy of those who stay when all is done, in percent: the mean of their last answers. */
    public double after() {
        return mean(done, Double.POSITIVE_INFINITY);
    }

    private double mean(double from, double below) {
        return staying().stream()
                .mapToDouble(client -> last(client, from, below))
                .average()
                .orElseThrow();
    }

    private double last(String client, double from, double below) {
        List<Answer> own = of(client, from, below);
        return own.get(own.size() - 1).accuracy;
    }

    private List<String> staying() {
        return answers.stream().map(Answer::client).distinct().toList();
    }

    /** What was under way at t = 0 may come from before or after it, and counts for neither. */
    private List<Answer> of(String client, double from, double below) {
        return answers.stream()
                .filter(answer -> answer.client.equals(client)
                        && answer.asked >= from
                        && answer.asked < below
                        && (answer.asked >= 0 || answer.answered <= 0))
                .toList();
    }

    /**
     * Returns how many points a client was below what it answers when all is done, at the worst moment after the request:
     * 0 if none ever was.
     */
    public double shortfall() {
        return staying().stream()
                .mapToDouble(client -> of(client, 0, Double.POSITIVE_INFINITY).stream()
                        .mapToDouble(answer -> last(client, done, Double.POSITIVE_INFINITY) - answer.accuracy)
                        .max()
                        .orElseThrow())
                .map(points -> Math.max(0, points))
                .max()
                .orElseThrow();
    }

    /**
     * Returns what was lost to the interruption, in points × seconds: the area between the curve, from the request on, and
     * the level that it reaches when all is done, where it is below that; by trapezoids.
     */
    public double areaLost() {
        List<Point> curve = points(0, Double.POSITIVE_INFINITY);
        double level = after();
        double area = 0;
        for (int i = 1; i < curve.size(); i++) {
            Point left = curve.get(i - 1);
            Point right = curve.get(i);
            area += (right.seconds - left.seconds)
                    * (Math.max(0, level - left.accuracy) + Math.max(0, level - right.accuracy))
                    / 2;
        }
        return area;
    }

    /**
     * Returns how many seconds after the request the curve is back for good within some points of the level that it reaches
     * when all is done: 0 if it never was below that.
     */
    public double secondsToBeWithin(double points) {
        Check.positive("points", points);
        double level = after() - points;
        double back = 0;
        boolean below = false;
        for (Point point : points(0, Double.POSITIVE_INFINITY)) {
            if (below && point.accuracy >= level) {
                back = point.seconds;
            }
            below = point.accuracy < level;
        }
        return back;
    }

    /** Returns the longest that anybody waited for an answer, in seconds. */
    public double longestWait() {
        return answers.stream()
                .mapToDouble(answer -> answer.answered - answer.asked)
                .max()
                .orElseThrow();
    }

    /**
     * Returns the curve of Fig. 3: at each moment when somebody was asked, and twice at t = 0, the mean over those who stay.
     * Between its answers a client's accuracy is on the straight line from one to the next, before its first and after its
     * last it is as in that one, and no line crosses t = 0.
     *
     * @return columns {@code seconds} and {@code accuracy %}
     */
    public Table curve() {
        DoubleColumn seconds = DoubleColumn.create("seconds");
        DoubleColumn accuracy = Evaluation.column("accuracy %");
        Stream.concat(points(Double.NEGATIVE_INFINITY, 0).stream(), points(0, Double.POSITIVE_INFINITY).stream())
                .forEach(point -> {
                    seconds.append(point.seconds);
                    accuracy.append(point.accuracy);
                });
        return Table.create(framework(), seconds, accuracy);
    }

    private List<Point> points(double from, double below) {
        List<List<Answer>> clients =
                staying().stream().map(client -> of(client, from, below)).toList();
        TreeSet<Double> moments = new TreeSet<>(List.of(0.0));
        clients.forEach(own -> own.forEach(answer -> moments.add(answer.asked)));
        List<Point> points = new ArrayList<>();
        for (double moment : moments) {
            points.add(new Point(
                    moment,
                    clients.stream()
                            .mapToDouble(own -> at(moment, own))
                            .average()
                            .orElseThrow()));
        }
        return points;
    }

    private static double at(double moment, List<Answer> own) {
        int next = 0;
        while (next < own.size() && own.get(next).asked < moment) {
            next++;
        }
        if (next == 0 || next == own.size()) {
            return own.get(Math.min(next, own.size() - 1)).accuracy;
        }
        Answer left = own.get(next - 1);
        Answer right = own.get(next);
        double share = (moment - left.asked) / (right.asked - left.asked);
        return left.accuracy + share * (right.accuracy - left.accuracy);
    }

    /**
     * Returns services side by side.
     *
     * @return a row for each: the accuracy of those who stay before and after, in percent, the worst shortfall in points, the
     *     seconds until the framework said that it had forgotten, those to be back within 2 points and 1 point, the area
     *     lost in points × seconds, and the longest wait for an answer in seconds
     */
    public static Table table(List<Service> services) {
        Table table = Table.create("Service while a client is forgotten", StringColumn.create("framework"));
        for (String name : List.of(
                "before %",
                "after %",
                "shortfall, points",
                "forgotten after s",
                "within 2 points after s",
                "within 1 point after s",
                "area lost, points × s",
                "longest wait s")) {
            table.addColumns(Evaluation.column(name));
        }
        for (Service service : Check.notEmpty("services", services)) {
            table.stringColumn(0).append(service.framework());
            double[] numbers = {
                service.before(),
                service.after(),
                service.shortfall(),
                service.receipt.seconds(),
                service.secondsToBeWithin(2),
                service.secondsToBeWithin(1),
                service.areaLost(),
                service.longestWait()
            };
            for (int i = 0; i < numbers.length; i++) {
                table.doubleColumn(i + 1).append(numbers[i]);
            }
        }
        return table;
    }

    @Override
    public String toString() {
        return String.format(
                java.util.Locale.ROOT,
                "%s: %s is forgotten in %.6f s; those who stay %.2f %% before, %.2f %% "
                        + "after; %.1f points × seconds lost; %d answers",
                framework(),
                receipt.client(),
                receipt.seconds(),
                before(),
                after(),
                areaLost(),
                answers.size());
    }
}
