@ABOUT
import java.io.File;
import java.util.concurrent.CountDownLatch;

public class Interleave {
    static final int REPEATS = @REPEATS;

    public static void main(String[] args) throws Exception {
        if (args.length > 0) {
            // The first message of the process.
            System.out.write('!');
            System.out.flush();
            return;
        }
        double[] threads = new double[REPEATS], processes = new double[REPEATS];
        for (int repeat = 0; repeat < REPEATS; repeat++) {
            threads[repeat] = thread();
            processes[repeat] = process();
        }
        double thread = median(threads), process = median(processes);
        System.out.printf("thread   %8.3f ms%n", thread);
        System.out.printf("process  %8.3f ms%n", process);
        System.out.printf("a process takes %.1f times as long%n", process / thread);
    }

    /** How many milliseconds it takes from asking for a new thread until its first message is back. */
    static double thread() throws InterruptedException {
        CountDownLatch up = new CountDownLatch(1);
        long asked = System.nanoTime();
        Thread thread = new Thread(up::countDown);
        thread.start();
        up.await();
        double took = (System.nanoTime() - asked) / 1e6;
        thread.join();
        return took;
    }

    /** The same for a process, which runs this program again. */
    static double process() throws Exception {
        String java = System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
        String classes = System.getProperty("java.class.path");
        long asked = System.nanoTime();
        Process process = new ProcessBuilder(java, "-cp", classes, "Interleave", "child").start();
        process.getInputStream().read();
        double took = (System.nanoTime() - asked) / 1e6;
        process.waitFor();
        return took;
    }

    static double median(double[] values) {
        java.util.Arrays.sort(values);
        return values[values.length / 2];
    }
}
