@ABOUT
// Your script is in Python. These are five threads that sleep for the same time, again and again, in Java.
import java.util.*;

public class Interleave {
    static final int TIMES = @TIMES;
    static final int THREADS = 5;
    static final int SLEEP_MS = @SLEEP; // a second of the script

    public static void main(String[] arguments) throws InterruptedException {
        Map<List<Integer>, Integer> orders = new HashMap<>();
        double shortest = Double.MAX_VALUE, longest = 0;
        for (int run = 0; run < TIMES; run++) {
            List<Integer> ended = Collections.synchronizedList(new ArrayList<>());
            List<Thread> threads = new ArrayList<>();
            long begin = System.nanoTime();
            for (int number = 0; number < THREADS; number++) {
                int own = number;
                Thread thread = new Thread(() -> {
                    try {
                        Thread.sleep(SLEEP_MS);
                    } catch (InterruptedException interrupted) {
                        return;
                    }
                    ended.add(own);
                });
                thread.start();
                threads.add(thread);
            }
            for (Thread thread : threads) {
                thread.join();
            }
            double ms = (System.nanoTime() - begin) / 1e6;
            shortest = Math.min(shortest, ms);
            longest = Math.max(longest, ms);
            orders.merge(List.copyOf(ended), 1, Integer::sum);
        }

        int inOrder = 0;
        List<Map.Entry<List<Integer>, Integer>> counted = new ArrayList<>(orders.entrySet());
        counted.sort((a, b) -> b.getValue() - a.getValue());
        for (Map.Entry<List<Integer>, Integer> order : counted) {
            System.out.println(order.getValue() + " of " + TIMES + " runs: " + order.getKey());
            List<Integer> sorted = new ArrayList<>(order.getKey());
            Collections.sort(sorted);
            inOrder += sorted.equals(order.getKey()) ? order.getValue() : 0;
        }
        System.out.println(orders.size() + " orders came in " + TIMES + " runs; " + inOrder + " times it was the order of starting");
        System.out.println(String.format(Locale.ROOT, "a run took %.1f to %.1f ms", shortest, longest));
    }
}
