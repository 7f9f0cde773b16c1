    static final int THREADS = @THREADS;
    static final int ADDS = @ADDS; // per thread
    static final int WINDOW = @WINDOW; // steps of extra work per addition
    static final int REPEATS = @REPEATS;

    /** Does some work whose result is always 1, the number to add. */
    static int one(int seed) {
        long x = seed | 1L << 32;
        for (int i = 0; i < WINDOW; i++) {
            x ^= x << 13;
            x ^= x >>> 7;
            x ^= x << 17;
        }
        // It never becomes 0, but the compiler does not know that.
        return x != 0 ? 1 : 0;
    }

    /** Starts all threads together, waits for them, and returns the time in nanoseconds. */
    static long inThreads(Runnable body) throws Exception {
        CyclicBarrier gate = new CyclicBarrier(THREADS + 1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(() -> {
                try {
                    gate.await();
                } catch (Exception error) {
                    throw new IllegalStateException(error);
                }
                body.run();
            });
            thread.start();
            threads.add(thread);
        }
        long start = System.nanoTime();
        gate.await();
        for (Thread thread : threads) {
            thread.join();
        }
        return System.nanoTime() - start;
    }

    public static void main(String[] args) throws Exception {
        long expected = (long) THREADS * ADDS;
        int lossy = 0;
        long[] times = new long[REPEATS];
        for (int repeat = 0; repeat < REPEATS; repeat++) {
            counter = zero();
            times[repeat] = inThreads(Interleave::add);
            long counted = counted();
            System.out.println("repeat " + (repeat + 1) + ": " + expected + " expected, " + counted + " counted, "
                + (expected - counted) + " lost");
            if (counted < expected) {
                lossy++;
            }
        }
        Arrays.sort(times);
        double nanoseconds = (double) times[REPEATS / 2] / expected;
        System.out.println(String.format(Locale.ROOT, "%d of %d repeats lost additions; %.1f ns per addition",
            lossy, REPEATS, nanoseconds));
    }
