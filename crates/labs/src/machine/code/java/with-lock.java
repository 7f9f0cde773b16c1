@ABOUT
// Two threads each add 1 to one counter, once, with a lock around it; again and again, and each end is counted.
import java.util.concurrent.CyclicBarrier;

public class Interleave {
    static final int RUNS = @RUNS;
    static int counter = 0;
    static final Object lock = new Object();
    static final CyclicBarrier start = new CyclicBarrier(2);
    static final CyclicBarrier end = new CyclicBarrier(2);
    static final int[] ends = new int[3];

    static void add(int thread) {
        try {
            for (int run = 0; run < RUNS; run++) {
                start.await();
                synchronized (lock) {
                    int value = counter; // load
                    if (run % 2 == 1) {
                        Thread.yield(); // the other thread may run, but it has to wait for the lock
                    }
                    counter = value + 1; // store
                }
                end.await();
                if (thread == 0) {
                    ends[counter]++;
                    counter = 0;
                }
            }
        } catch (Exception error) {
            throw new RuntimeException(error);
        }
    }

    public static void main(String[] args) throws InterruptedException {
        Thread other = new Thread(() -> add(1));
        other.start();
        add(0);
        other.join();
        for (int value = 0; value < ends.length; value++) {
            if (ends[value] > 0) {
                System.out.println("counter = " + value + ": " + ends[value] + " of " + RUNS + " runs");
            }
        }
    }
}
