@ABOUT
// Your script is in Python. These are threads that start, are joined, and are daemons, in Java.

public class Interleave {
    static void brew(String cup) {
        try {
            Thread.sleep(1000);
        } catch (InterruptedException interrupted) {
            return;
        }
        System.out.println("Cup " + cup + " is ready.");
    }

    public static void main(String[] arguments) throws InterruptedException {
        Thread joined = new Thread(() -> brew("1"));
        joined.start();
        joined.join();
        System.out.println("The main thread has waited for cup 1.");

        Thread waitedFor = new Thread(() -> brew("2"));
        waitedFor.start();
        Thread daemon = new Thread(() -> brew("daemon"));
        daemon.setDaemon(true);
        daemon.start();
        System.out.println("The main program has no more lines.");
        // The program ends with the last thread that is not a daemon: with cup 2. Whether the daemon still prints is a race.
    }
}
