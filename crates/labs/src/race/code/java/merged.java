@ABOUT
import java.util.*;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;

public class Interleave {
    static AtomicInteger counter;

    static void add() {
        // In a register: the compiler may even do all additions at once.
        int own = 0;
        for (int i = 0; i < ADDS; i++) {
            own += one(own);
        }
        // Once per thread.
        counter.addAndGet(own);
    }

    static AtomicInteger zero() {
        return new AtomicInteger();
    }

    static long counted() {
        return counter.get();
    }

@COMMON
}
