package unlearn4j.kernel;

import java.lang.reflect.Field;
import java.util.Arrays;
import jdk.jshell.JShell;
import org.dflib.jjava.jupyter.kernel.BaseKernel;

/** What JJava keeps to itself, and has no door for. */
final class Inside {
    private Inside() {}

    /** Returns the value of a field of that type's own. */
    static Object get(Class<?> type, Object object, String name) throws ReflectiveOperationException {
        return opened(type.getDeclaredField(name)).get(object);
    }

    /** Gives a field of that type's own another value. */
    static void set(Class<?> type, Object object, String name, Object value) throws ReflectiveOperationException {
        opened(type.getDeclaredField(name)).set(object, value);
    }

    /** Returns what a lambda has captured, the one of that type. */
    static <T> T captured(Object lambda, Class<T> type) throws ReflectiveOperationException {
        Field field = Arrays.stream(lambda.getClass().getDeclaredFields())
                .filter(one -> type.isAssignableFrom(one.getType()))
                .findFirst()
                .orElseThrow(() -> new NoSuchFieldException(type.getName()));
        return type.cast(opened(field).get(lambda));
    }

    /** Returns what runs a kernel's cells. */
    static JShell shell(BaseKernel kernel) throws ReflectiveOperationException {
        return (JShell) kernel.getClass().getMethod("getJShell").invoke(kernel);
    }

    private static Field opened(Field field) {
        field.setAccessible(true);
        return field;
    }
}
