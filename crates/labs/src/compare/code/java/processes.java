@ABOUT
import java.io.File;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.*;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

public class Interleave {
@TASKS

    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length > 0) {
            child(args);
            return;
        }
        begin();
        List<Process> processes = new ArrayList<>();
        for (int number = 0; number < TASKS.size(); number++) {
            processes.add(startProcess(number));
        }
        for (Process process : processes) {
            process.waitFor();
        }
        sayAllDone();
    }

    /** Starts this program again, to do one task. */
    static Process startProcess(int number) throws IOException {
        String java = System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
        String classes = System.getProperty("java.class.path");
        return new ProcessBuilder(java, "-cp", classes, "Interleave", "" + number, "" + speed, "" + start)
            .inheritIO()
            .start();
    }

    /** What a process does. It has its own memory, so everything it needs is passed to it. */
    static void child(String[] args) {
        speed = Double.parseDouble(args[1]);
        start = Double.parseDouble(args[2]);
        run(Integer.parseInt(args[0]));
    }

@RUN

@COMMON
}
