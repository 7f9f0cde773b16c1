@ABOUT
import java.util.*;
import java.util.concurrent.*;
import java.util.stream.Stream;

public class Interleave {
@TASKS

    /** How long a task may compute before the others get a turn, in milliseconds. */
    static final double QUANTUM = @QUANTUM;

    /** One thread does everything: it has a queue of small steps, some of them for later. */
    static final ScheduledExecutorService loop = Executors.newSingleThreadScheduledExecutor();

    public static void main(String[] args) {
        begin();
        List<CompletableFuture<Void>> futures = new ArrayList<>();
        for (int number = 0; number < TASKS.size(); number++) {
            futures.add(run(number));
        }
        try {
            CompletableFuture.allOf(futures.toArray(new CompletableFuture<?>[0])).join();
            sayAllDone();
        } finally {
            loop.shutdown();
        }
    }

    /** Chains a task's steps: each joins the loop's queue when the one before is done. */
    static CompletableFuture<Void> run(int number) {
        var steps = CompletableFuture.runAsync(() -> say("task " + number + " starts"), loop);
        for (Part part : TASKS.get(number)) {
            steps = switch (part.kind()) {
                case "sleep" -> steps.thenRunAsync(() -> {}, later(part.ms()));
                case "compute" -> workInTurns(steps, iterations(part.ms()));
                default -> steps.thenRunAsync(() -> {
                    throw new IllegalStateException("task " + number + " crashes");
                }, loop);
            };
        }
        return steps.thenRunAsync(() -> say("task " + number + " ends"), loop);
    }

    static Executor later(double ms) {
        return step -> loop.schedule(step, Math.round(ms * 1000), TimeUnit.MICROSECONDS);
    }

    static CompletableFuture<Void> workInTurns(CompletableFuture<Void> steps, long iterations) {
        long turn = iterations(QUANTUM);
        for (long left = iterations; left > 0; left -= turn) {
            long now = Math.min(turn, left);
            steps = steps.thenRunAsync(() -> work(now), loop);
        }
        return steps;
    }

@COMMON
}
