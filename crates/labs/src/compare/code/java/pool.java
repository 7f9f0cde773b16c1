@ABOUT
import java.util.*;
import java.util.concurrent.*;
import java.util.stream.Stream;

public class Interleave {
@TASKS

    public static void main(String[] args) throws InterruptedException, ExecutionException {
        begin();
        ExecutorService pool = Executors.newFixedThreadPool(@POOL);
        List<Future<?>> futures = new ArrayList<>();
        for (int i = 0; i < TASKS.size(); i++) {
            int number = i;
            futures.add(pool.submit(() -> run(number)));
        }
        pool.shutdown(); // no more tasks will come
        for (Future<?> future : futures) {
            future.get(); // throws if the task crashed
        }
        sayAllDone();
    }

@RUN

@COMMON
}
