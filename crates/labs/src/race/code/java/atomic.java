@ABOUT
import java.util.*;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;

public class Interleave {
    static AtomicInteger counter;

    static void add() {
        for (int i = 0; i < ADDS; i++) {
            counter.addAndGet(one(i));
        }
    }

    static AtomicInteger zero() {
        return new AtomicInteger();
    }

    static long counted() {
        return counter.get();
    }

@COMMON
}
