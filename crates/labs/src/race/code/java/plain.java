@ABOUT
import java.util.*;
import java.util.concurrent.CyclicBarrier;

public class Interleave {
    // Volatile, or the compiler may add in a register and store once. That does not make an addition one step.
    static volatile int counter;

    static void add() {
        for (int i = 0; i < ADDS; i++) {
            int seen = counter;
            // Here is the window: what other threads store now gets overwritten.
            counter = seen + one(seen);
        }
    }

    static int zero() {
        return 0;
    }

    static long counted() {
        return counter;
    }

@COMMON
}
