@ABOUT
import java.util.*;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

public class Interleave {
@TASKS

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
