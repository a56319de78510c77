package dev.vitrine.store;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Stands before a store, or one of its readers or writers, and can do what that can, whatever its
 * capabilities are: it has the same interfaces.
 */
public final class StoreProxy {

  /** A call that is under way. */
  @FunctionalInterface
  public interface Call {
    /** Makes it; throws what it throws. */
    @Nullable Object proceed() throws Throwable;
  }

  /** What is done about calls. As thread-safe as what they are made to. */
  @FunctionalInterface
  public interface Calls {
    /**
     * Is made instead of each call.
     *
     * @param arguments null for none
     * @return what the caller gets
     */
    @Nullable Object call(Method method, Object @Nullable [] arguments, Call next) throws Throwable;
  }

  private StoreProxy() {}

  /**
   * Stands before a store, a reader or a writer.
   *
   * @param original an object whose type is an interface to its callers
   */
  @SuppressWarnings("unchecked") // It has the interfaces of the original, by one of which it goes.
  public static <T> T of(T original, Calls calls) {
    Set<Class<?>> interfaces = new LinkedHashSet<>();
    collect(original.getClass(), interfaces);
    return (T)
        Proxy.newProxyInstance(
            StoreProxy.class.getClassLoader(),
            interfaces.toArray(Class<?>[]::new),
            (proxy, method, arguments) -> {
              Call next = () -> call(original, method, arguments);
              return method.getDeclaringClass() == Object.class
                  ? next.proceed()
                  : calls.call(method, arguments, next);
            });
  }

  private static void collect(@Nullable Class<?> type, Set<Class<?>> into) {
    if (type == null) {
      return;
    }
    for (Class<?> each : type.getInterfaces()) {
      if (Modifier.isPublic(each.getModifiers())) {
        into.add(each);
      }
    }
    collect(type.getSuperclass(), into);
  }

  private static @Nullable Object call(
      Object original, Method method, Object @Nullable [] arguments) throws Throwable {
    try {
      return method.invoke(original, arguments);
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause();
      throw cause == null ? e : cause;
    }
  }
}
