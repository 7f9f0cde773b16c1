@ABOUT
import java.io.*;
import java.util.Arrays;
import java.util.concurrent.Semaphore;

public class Interleave {
    static final int REPEATS = @REPEATS;
    static final int[] SIZES = {@SIZES};

    interface Way {
        /** Sends a message and waits until its last byte is back. */
        void send(byte[] message) throws Exception;
    }

    public static void main(String[] args) throws Exception {
        if (args.length > 0) {
            receive(new DataInputStream(System.in), System.out);
            return;
        }
        Way thread = thread();
        Process child = startProcess();
        Way process = process(child);
        for (int size : SIZES) {
            byte[] message = new byte[size];
            Arrays.fill(message, (byte) (size % 255 + 1));
            System.out.printf("thread   %9d bytes %9.3f ms%n", size, milliseconds(thread, message));
            System.out.printf("process  %9d bytes %9.3f ms%n", size, milliseconds(process, message));
        }
        child.destroy();
        System.exit(0);
    }

    static double milliseconds(Way way, byte[] message) throws Exception {
        double[] took = new double[REPEATS];
        way.send(message);
        for (int repeat = 0; repeat < REPEATS; repeat++) {
            long start = System.nanoTime();
            way.send(message);
            took[repeat] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(took);
        return took[REPEATS / 2];
    }

    static byte[] memory = new byte[SIZES[SIZES.length - 1]];
    static int size;
    static byte last;

    /** Another thread: it sees the same memory, so only a signal has to go there and back. */
    static Way thread() {
        Semaphore there = new Semaphore(0), back = new Semaphore(0);
        Thread receiver = new Thread(() -> {
            while (true) {
                there.acquireUninterruptibly();
                last = memory[size - 1];
                back.release();
            }
        });
        receiver.setDaemon(true);
        receiver.start();
        return message -> {
            System.arraycopy(message, 0, memory, 0, message.length);
            size = message.length;
            there.release();
            back.acquire();
            check(last, message);
        };
    }

    /** Another process: the message is copied through a pipe. */
    static Way process(Process child) {
        DataOutputStream there = new DataOutputStream(child.getOutputStream());
        InputStream back = child.getInputStream();
        return message -> {
            there.writeInt(message.length);
            there.write(message);
            there.flush();
            check((byte) back.read(), message);
        };
    }

    /** What the process does with each message. */
    static void receive(DataInputStream in, OutputStream out) throws IOException {
        while (true) {
            byte[] message;
            try {
                message = new byte[in.readInt()];
            } catch (EOFException nobodySendsAnyMore) {
                return;
            }
            in.readFully(message);
            out.write(message[message.length - 1]);
            out.flush();
        }
    }

    /** Starts this program again. */
    static Process startProcess() throws IOException {
        String java = System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
        String classes = System.getProperty("java.class.path");
        return new ProcessBuilder(java, "-cp", classes, "Interleave", "child").start();
    }

    static void check(byte last, byte[] message) {
        if (last != message[message.length - 1]) {
            throw new IllegalStateException("the message did not arrive");
        }
    }
}
