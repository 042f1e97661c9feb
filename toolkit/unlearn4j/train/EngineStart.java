package unlearn4j.train;

import ai.djl.engine.Engine;
import com.sun.jna.Function;
import java.util.Map;

/**
 * Starts the engine, with OpenMP's threads told to sleep while they wait for one another. By default they spin, which is
 * many times slower where other processes want the cores; 2,000 turns first are a compromise, for to sleep at once is a
 * third slower where none does. OpenMP reads its settings once, when the engine's libraries are loaded, from the process's
 * environment, which Java can't change. The kernel sets the same for the process, {@code kernel-setup/kernel.py}.
 */
final class EngineStart {
    private static final Map<String, String> SETTINGS = Map.of("OMP_WAIT_POLICY", "PASSIVE", "GOMP_SPINCOUNT", "2000");

    static {
        set();
    }

    private EngineStart() {}

    /** Returns the engine, which is started if it isn't yet. */
    static Engine engine() {
        return Engine.getInstance();
    }

    /** Sets what the user hasn't set. */
    private static void set() {
        if (SETTINGS.keySet().stream().anyMatch(name -> System.getenv(name) != null)) {
            return;
        }
        try {
            Function setenv = Function.getFunction("c", "setenv");
            SETTINGS.forEach((name, value) -> setenv.invokeInt(new Object[] {name, value, 0}));
        } catch (UnsatisfiedLinkError | RuntimeException e) {
            System.getLogger(EngineStart.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "training may be several times slower than it need be: set OMP_WAIT_POLICY=PASSIVE and "
                                    + "GOMP_SPINCOUNT=2000 for the process");
        }
    }
}
