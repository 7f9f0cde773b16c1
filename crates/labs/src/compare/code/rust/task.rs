fn do_task(run: &Run, number: usize) {
    run.say(&format!("task {number} starts"));
    for &part in run.tasks[number] {
        match part {
            Sleep(ms) => thread::sleep(Duration::from_secs_f64(ms / 1e3)),
            Compute(ms) => @COMPUTE,
            Crash => panic!("task {number} crashes"),
        }
    }
    run.say(&format!("task {number} ends"));
}
