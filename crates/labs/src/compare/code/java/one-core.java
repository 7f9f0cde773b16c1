@ABOUT
import java.util.*;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

public class Interleave {
@TASKS

    /** How long a task may compute before it must give up the core, in milliseconds. */
    static final double QUANTUM = @QUANTUM;

    /** Only the thread that holds it computes. It is fair: the thread that has waited longest is next. */
    static final ReentrantLock core = new ReentrantLock(true);

    static void workInTurns(long iterations) {
        long turn = iterations(QUANTUM);
        for (long left = iterations; left > 0; left -= turn) {
            core.lock();
            try {
                work(Math.min(turn, left));
            } finally {
                core.unlock();
            }
        }
    }

    public static void main(String[] args) throws InterruptedException {
        begin();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < TASKS.size(); i++) {
            int number = i;
            Thread thread = new Thread(() -> run(number));
            thread.start();
            threads.add(thread);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        sayAllDone();
    }

@RUN

@COMMON
}
