@ABOUT
import java.io.*;
import java.util.*;

public class Interleave {
    static final int PROCESSES = @PROCESSES;

    static int value = 0;

    public static void main(String[] args) throws Exception {
        if (args.length > 0) {
            child(args);
            return;
        }
        Thread thread = new Thread(() -> value = 42);
        thread.start();
        thread.join();
        System.out.println("a thread set the global to 42: this thread reads " + value);
        System.out.println("a process reads " + answer(start("look")));

        List<Process> processes = new ArrayList<>();
        for (int number = 1; number <= PROCESSES; number++) {
            processes.add(start("set", "" + number));
        }
        for (int number = 1; number <= PROCESSES; number++) {
            String reads = answer(processes.get(number - 1));
            System.out.println("process " + number + " set it to " + number + ", added 1000, and reads " + reads);
        }
        System.out.println("in the parent it is still " + value);

        Process sibling = start("answer"), crashing = start("crash");
        int code = crashing.waitFor();
        sibling.getOutputStream().write('?');
        sibling.getOutputStream().close();
        System.out.println("a process crashed with exit code " + code + "; its sibling is " + answer(sibling));
    }

    /** What a process does. It has its own memory, so it prints what it sees. */
    static void child(String[] args) throws IOException {
        switch (args[0]) {
            case "look" -> System.out.println(value);
            case "set" -> {
                value = Integer.parseInt(args[1]);
                for (int i = 0; i < 1000; i++) {
                    value++;
                }
                System.out.println(value);
            }
            case "crash" -> Runtime.getRuntime().halt(1);
            default -> {
                System.in.read();
                System.out.println("here");
            }
        }
    }

    /** Starts this program again. */
    static Process start(String... args) throws IOException {
        String java = System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
        String classes = System.getProperty("java.class.path");
        List<String> command = new ArrayList<>(List.of(java, "-cp", classes, "Interleave"));
        command.addAll(List.of(args));
        return new ProcessBuilder(command).start();
    }

    static String answer(Process process) throws IOException {
        return new BufferedReader(new InputStreamReader(process.getInputStream())).readLine();
    }
}
