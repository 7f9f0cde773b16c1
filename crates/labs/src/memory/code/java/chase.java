@ABOUT
// How long one access takes: an operation in registers, then a load from a random place in more and more memory.
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.function.DoubleSupplier;

public class Interleave {
    static final int LARGEST = @LARGEST * 1024 * 1024; // bytes
    static final int REPEATS = @REPEATS;
    static final int LINE = 64; // bytes; most caches move memory in lines of this size
    static final int CELLS = LINE / 4; // cells of 4 bytes in a line; only the first one of each line is used
    static long result; // keeps the results used, or the compiler removes the work

    /** A chain of operations on registers: each needs the result of the one before. */
    static long operations(long x, long y, long z, int count) {
        for (int i = 0; i < count; i += 4) {
            x = (x + y) ^ z;
            x = (x + y) ^ z;
        }
        return x;
    }

    /** A chain of loads: each one reads the address of the next. */
    static int chase(int[] cells, int at, int count) {
        for (int i = 0; i < count; i++) {
            at = cells[at];
        }
        return at;
    }

    /** Makes one random cycle through the first lines (Sattolo's algorithm). */
    static void randomCycle(int[] cells, int lines) {
        Random random = new Random(1);
        for (int line = 0; line < lines; line++) {
            cells[line * CELLS] = line * CELLS;
        }
        for (int line = lines - 1; line > 0; line--) {
            int other = random.nextInt(line);
            int next = cells[line * CELLS];
            cells[line * CELLS] = cells[other * CELLS];
            cells[other * CELLS] = next;
        }
    }

    /** One cycle through the first lines, in the order of their addresses. */
    static void cycleInOrder(int[] cells, int lines) {
        for (int line = 0; line < lines; line++) {
            cells[line * CELLS] = (line + 1) % lines * CELLS;
        }
    }

    /** The median time of a load, in nanoseconds. */
    static double timeLoads(int[] cells, int lines) {
        int count = 200_000;
        int[] at = {chase(cells, 0, lines)}; // one pass, so that the caches hold what they can
        return median(() -> {
            long start = System.nanoTime();
            at[0] = chase(cells, at[0], count);
            double took = System.nanoTime() - start;
            result += at[0];
            return took / count;
        });
    }

    static double median(DoubleSupplier sample) {
        for (int i = 0; i < 5; i++) {
            sample.getAsDouble(); // warms up, so that the code gets compiled
        }
        double[] samples = new double[REPEATS];
        Arrays.setAll(samples, i -> sample.getAsDouble());
        Arrays.sort(samples);
        return samples[REPEATS / 2];
    }

    static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }

    public static void main(String[] arguments) {
        int count = 20_000_000;
        double register = median(() -> {
            long start = System.nanoTime();
            result += operations(1, 3 + REPEATS, 5 + REPEATS, count);
            return (double) (System.nanoTime() - start) / count;
        });
        say("a register: %.2f ns per operation", register);

        int[] cells = new int[LARGEST / 4];
        double random = 0;
        int bytes = 4096;
        for (; bytes <= LARGEST; bytes *= 2) {
            randomCycle(cells, bytes / LINE);
            random = timeLoads(cells, bytes / LINE);
            say("%6d kB: %.2f ns per load", bytes / 1024, random);
        }
        say("register : memory is 1 : %.0f", random / register);

        int lines = bytes / 2 / LINE;
        cycleInOrder(cells, lines);
        say("in address order: %.2f ns per load", timeLoads(cells, lines));
    }
}
