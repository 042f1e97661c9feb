package unlearn4j.hdus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static unlearn4j.WrongCall.wrong;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tech.tablesaw.api.Table;
import unlearn4j.WrongCall;
import unlearn4j.data.Images;
import unlearn4j.data.TinyImages;
import unlearn4j.train.Interrupted;
import unlearn4j.train.Outputs;

/** Watching those who stay: the figures against hand-worked ones, the second thread against a framework that waits for it. */
class ServiceTest {
    private static final Images TEST = UntrainedNetworks.DATA.test();

    private static Service.Answer answer(String client, double asked, double accuracy) {
        return new Service.Answer(client, asked, asked + 0.25, accuracy);
    }

    /** a falls to 20 and is back at 80 after 4 s, b falls to 40 and is back at 60 after 6 s; each line is straight. */
    private static Service worked() {
        Receipt receipt = new Receipt("worked", "c", Map.of(), 3.5);
        return new Service(
                receipt,
                3.5,
                List.of(
                        answer("a", -1, 80),
                        answer("b", -0.5, 60),
                        answer("a", -0.125, 50),
                        answer("a", 0, 20),
                        answer("b", 2, 40),
                        answer("a", 4, 80),
                        answer("b", 6, 60)));
    }

    @Test
    void theCurveIsTheMeanOfStraightLinesAndNoneCrossesTheRequest() {
        Table curve = worked().curve();
        assertThat(curve.doubleColumn("seconds").asList()).containsExactly(-1.0, -0.5, 0.0, 0.0, 2.0, 4.0, 6.0);
        assertThat(curve.doubleColumn("accuracy %").asList()).containsExactly(70.0, 70.0, 70.0, 30.0, 45.0, 65.0, 70.0);
    }

    @Test
    void whatIsLostIsTheAreaBelowTheLevelOfTheEnd() {
        Service service = worked();
        assertThat(service.before()).isEqualTo(70);
        assertThat(service.after()).isEqualTo(70);
        // Below 70 by 40, 25, 5 and 0 points, 2 seconds apart.
        assertThat(service.areaLost()).isCloseTo(65 + 30 + 5, within(1e-12));
        assertThat(service.shortfall()).isEqualTo(60);
        assertThat(service.longestWait()).isEqualTo(0.25);
    }

    @Test
    void itIsBackWhenItFallsBelowNoMore() {
        Service service = worked();
        assertThat(service.secondsToBeWithin(50)).isZero();
        assertThat(service.secondsToBeWithin(6)).isEqualTo(4);
        assertThat(service.secondsToBeWithin(1)).isEqualTo(6);

        Receipt receipt = new Receipt("again", "c", Map.of(), 1);
        Service twice = new Service(
                receipt,
                1,
                List.of(
                        answer("a", -1, 80),
                        answer("a", 0.5, 80),
                        answer("a", 1, 30),
                        answer("a", 2, 79),
                        answer("a", 3, 30),
                        answer("a", 5, 80)));
        assertThat(twice.secondsToBeWithin(2)).as("the last time").isEqualTo(5);
    }

    @Test
    void servicesStandSideBySide() {
        Table table = Service.table(List.of(worked()));
        assertThat(table.row(0).getString("framework")).isEqualTo("worked");
        assertThat(table.row(0).getDouble("area lost, points × s")).isCloseTo(100, within(1e-12));
        assertThat(table.row(0).getDouble("within 1 point after s")).isEqualTo(6);
        assertThat(table.row(0).getDouble("forgotten after s")).isEqualTo(3.5);
    }

    @Test
    void whereForgettingIsRemovingASeedNothingIsLost() {
        Members members = new Members(new Traffic());
        List<String> names = new ArrayList<>();
        for (String name : List.of("a", "b", "c")) {
            UntrainedNetworks.admit(members, name, List.copyOf(names));
            names.add(name);
        }
        HdusNetwork network = UntrainedNetworks.network(members, Combination.PROBABILITIES);
        Service service = Service.watch(network, "b", TEST, 0);
        double now = (network.outputs("a", TEST).against(TEST).accuracy()
                        + network.outputs("c", TEST).against(TEST).accuracy())
                / 2;
        assertThat(service.after()).isEqualTo(now);
        assertThat(service.areaLost()).isZero();
        assertThat(service.shortfall()).isZero();
        assertThat(service.secondsToBeWithin(1)).isZero();
        assertThat(service.receipt().client()).isEqualTo("b");
        assertThat(service.answers()).extracting(Service.Answer::client).containsOnly("a", "c");
    }

    /** Forgets when the clients have answered so often meanwhile; all are right until the request, and none during it. */
    private static final class Waiting implements Framework {
        private final CountDownLatch asked;
        private volatile boolean forgetting;
        private volatile boolean forgotten;

        Waiting(int answers) {
            asked = new CountDownLatch(answers);
        }

        @Override
        public String name() {
            return "waiting";
        }

        @Override
        public List<String> clients() {
            return forgotten ? List.of("a", "b") : List.of("a", "b", "c");
        }

        @Override
        public Outputs outputs(String client, Images images) {
            float[] values = new float[images.size() * images.classes()];
            if (!forgetting) {
                for (int i = 0; i < images.size(); i++) {
                    values[i * images.classes() + images.label(i)] = 1;
                }
            } else {
                for (int i = 0; i < images.size(); i++) {
                    values[i * images.classes() + (images.label(i) + 1) % images.classes()] = 1;
                }
                asked.countDown();
            }
            return new Outputs(images.classes(), values);
        }

        @Override
        public Receipt forget(String client) {
            forgetting = true;
            try {
                asked.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new Interrupted("interrupted: not forgotten");
            }
            forgetting = false;
            forgotten = true;
            return new Receipt(name(), client, Map.of(), 1);
        }

        @Override
        public Set<Capability> capabilities() {
            return Set.of();
        }

        @Override
        public long history() {
            return 0;
        }

        @Override
        public Traffic traffic() {
            return new Traffic();
        }
    }

    private static List<Thread> askers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("asks during unlearning"))
                .toList();
    }

    @Test
    void aSecondThreadAsksAllTheWhile() {
        Service service = Service.watch(new Waiting(6), "c", TEST, 0);
        assertThat(service.before()).isEqualTo(100);
        assertThat(service.after()).isEqualTo(100);
        assertThat(service.shortfall()).isEqualTo(100);
        assertThat(service.answers().stream()
                        .filter(answer -> answer.accuracy() == 0)
                        .count())
                .isGreaterThanOrEqualTo(6);
        assertThat(service.areaLost()).isPositive();
        assertThat(askers()).isEmpty();
    }

    @Test
    void anInterruptedWatchLeavesNoThreadBehind() {
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> Service.watch(new Waiting(1), "c", TEST, 0)).isInstanceOf(Interrupted.class);
        assertThat(Thread.interrupted()).as("the flag stays set").isTrue();
        assertThat(askers()).isEmpty();
    }

    static Stream<WrongCall> wrongCalls() {
        Framework framework = new Waiting(0);
        return Stream.of(
                wrong(
                        "Service.watch(null, ..)",
                        "null",
                        "framework must be given",
                        () -> Service.watch(null, "c", TEST, 0)),
                wrong(
                        "Service.watch(f, \"d\", ..)",
                        "d",
                        "the clients are [a, b, c]",
                        () -> Service.watch(framework, "d", TEST, 0)),
                wrong(
                        "Service.watch(f, \"c\", images.slice(0, 0), 0)",
                        "tiny",
                        "must not be empty",
                        () -> Service.watch(framework, "c", TEST.slice(0, 0), 0)),
                wrong(
                        "Service.watch(f, \"c\", images, -1)",
                        "-1",
                        "0 or more",
                        () -> Service.watch(framework, "c", TEST, -1)),
                wrong("Service.table(List.of())", "services", "must not be empty", () -> Service.table(List.of())),
                wrong("service.secondsToBeWithin(0)", "0", "above 0", () -> worked().secondsToBeWithin(0)));
    }

    @ParameterizedTest
    @MethodSource("wrongCalls")
    void aWrongCallIsRefusedInOneLine(WrongCall call) {
        call.assertRefused();
    }

    @Test
    void imagesThatDoNotFitAreRefusedByWhoIsAsked() {
        Members members = new Members(new Traffic());
        UntrainedNetworks.admit(members, "a", List.of());
        UntrainedNetworks.admit(members, "b", List.of("a"));
        HdusNetwork network = UntrainedNetworks.network(members, Combination.PROBABILITIES);
        Images other = TinyImages.of(4, 2, 6);
        assertThatThrownBy(() -> Service.watch(network, "b", other, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("6×6");
        assertThat(network.clients()).containsExactly("a", "b");
        assertThat(askers()).isEmpty();
    }
}
