    /** How many tasks, and what each one does, in order. Times are in milliseconds. */
    static final List<List<Part>> TASKS = Stream.of(
@GROUPS
    ).flatMap(List::stream).toList();

    static double speed; // iterations per millisecond on one core
    static double start; // when the run began
