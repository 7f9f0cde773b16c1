@ABOUT
import java.util.*;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

public class Interleave {
@TASKS

    public static void main(String[] args) {
        begin();
        for (int number = 0; number < TASKS.size(); number++) {
            run(number);
        }
        sayAllDone();
    }

@RUN

@COMMON
}
