    /** How many tasks, and what each of them does, in order. Times are in milliseconds. */
    static final List<List<Part>> TASKS = Stream.of(
@GROUPS
    ).flatMap(List::stream).toList();

    static double speed; // iterations in a millisecond, alone on one core
    static double start; // when the run began
