    static void run(int number) {
        say("task " + number + " starts");
        for (Part part : TASKS.get(number)) {
            switch (part.kind()) {
                case "sleep" -> pause(part.ms());
                case "compute" -> @COMPUTE(iterations(part.ms()));
                default -> throw new IllegalStateException("task " + number + " crashes");
            }
        }
        say("task " + number + " ends");
    }

    static void pause(double ms) {
        try {
            TimeUnit.MICROSECONDS.sleep(Math.round(ms * 1000));
        } catch (InterruptedException e) {
            throw new IllegalStateException(e); // no thread is ever interrupted here
        }
    }
