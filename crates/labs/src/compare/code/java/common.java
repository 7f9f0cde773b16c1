    record Part(String kind, double ms) {}

    static Part sleep(double ms) {
        return new Part("sleep", ms);
    }

    static Part compute(double ms) {
        return new Part("compute", ms);
    }

    static Part crash() {
        return new Part("crash", 0);
    }

    static List<List<Part>> times(int count, Part... parts) {
        return Collections.nCopies(count, List.of(parts));
    }

    static volatile long result; // used, or the compiler might remove the work

    /** Does a fixed amount of work, however long that takes. */
    static void work(long iterations) {
        long x = 1;
        for (long i = 0; i < iterations; i++) {
            x ^= x << 13;
            x ^= x >>> 7;
            x ^= x << 17;
        }
        result = x;
    }

    /** How many iterations one core does in a millisecond: the best of several tries, as some may be disturbed. */
    static double calibrate() {
        double best = 0;
        for (int i = 0; i < 30; i++) {
            double begin = now();
            work(2_000_000);
            best = Math.max(best, 2_000_000 / (now() - begin));
        }
        return best;
    }

    /** Calibrates, then starts the clock. */
    static void begin() {
        speed = calibrate();
        // The first print is slow, so it comes before the tasks.
        System.out.println(String.format(Locale.ROOT, "%.0f iterations per millisecond", speed));
        start = now();
    }

    static long iterations(double ms) {
        return Math.round(ms * speed);
    }

    /** @CLOCK */
    static double now() {
        return @NOW;
    }

    static void say(String what) {
        System.out.println(String.format(Locale.ROOT, "%7.1f ms  %s", now() - start, what));
    }

    static void sayAllDone() {
        System.out.println(String.format(Locale.ROOT, "all done after %.1f ms", now() - start));
    }
