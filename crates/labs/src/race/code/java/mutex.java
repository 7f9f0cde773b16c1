@ABOUT
import java.util.*;
import java.util.concurrent.CyclicBarrier;

public class Interleave {
    // The lock guards the counter: whoever touches the counter takes the lock.
    static final Object LOCK = new Object();
    static int counter;

    static void add() {
        for (int i = 0; i < ADDS; i++) {
            synchronized (LOCK) {
                counter = counter + one(counter);
            }
        }
    }

    static int zero() {
        return 0;
    }

    static long counted() {
        synchronized (LOCK) {
            return counter;
        }
    }

@COMMON
}
