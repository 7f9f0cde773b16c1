@ABOUT
// Two threads each add to their own counter. Only the distance between the two counters differs.
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicLongArray;

public class Interleave {
    static final int REPEATS = @REPEATS;
    static final int COUNT = 1_000_000;
    static final int FIRST = 32; // away from the array's length, which each access reads

    /** Two threads count at once, in counters `apart` bytes from each other; returns nanoseconds per increment. */
    static double count(int apart) throws Exception {
        // A new one each time: cache lines begin anywhere, and one time in eight the neighbours are on two lines.
        AtomicLongArray counters = new AtomicLongArray(128);
        CyclicBarrier together = new CyclicBarrier(2);
        double[] took = new double[2];
        Thread[] threads = new Thread[2];
        for (int i = 0; i < 2; i++) {
            int number = i;
            threads[i] = new Thread(() -> {
                try {
                    together.await();
                } catch (Exception interrupted) {
                    return;
                }
                took[number] = increment(counters, FIRST + number * apart / 8);
            });
            threads[i].start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        if (counters.get(FIRST) != COUNT || counters.get(FIRST + apart / 8) != COUNT) {
            throw new AssertionError("an increment was lost");
        }
        return (took[0] + took[1]) / 2;
    }

    static double increment(AtomicLongArray counters, int counter) {
        long start = System.nanoTime();
        for (int i = 0; i < COUNT; i++) {
            counters.getAndIncrement(counter);
        }
        return (double) (System.nanoTime() - start) / COUNT;
    }

    public static void main(String[] arguments) throws Exception {
        int[] distances = {8, 64, 128};
        double[][] samples = new double[distances.length][REPEATS];
        for (int i = -2; i < REPEATS; i++) { // two rounds warm up, so that the code gets compiled
            for (int j = 0; j < distances.length; j++) {
                samples[j][Math.max(i, 0)] = count(distances[j]);
            }
        }
        for (int j = 0; j < distances.length; j++) {
            Arrays.sort(samples[j]);
            double median = samples[j][REPEATS / 2];
            System.out.println(String.format(Locale.ROOT, "%4d bytes apart: %.2f ns per increment", distances[j], median));
        }
        double times = samples[0][REPEATS / 2] / samples[2][REPEATS / 2];
        System.out.println(String.format(Locale.ROOT, "8 bytes apart: %.1f times as long as 128", times));
    }
}
