/// What every task needs to know.
struct Run {
    tasks: Vec<&'static [Part]>,
    speed: f64, // iterations per millisecond on one core
    start: @CLOCK,
}

impl Run {
    fn begin() -> Run {
        let speed = calibrate();
        Run { tasks: tasks(), speed, start: @CLOCK::now() }
    }

    fn iterations(&self, ms: f64) -> u64 {
        (ms * self.speed) as u64
    }

    fn ms(&self) -> f64 {
        self.start.@ELAPSED.as_secs_f64() * 1e3
    }

    fn say(&self, what: &str) {
        println!("{:7.1} ms  {what}", self.ms());
    }

    fn say_all_done(&self) {
        println!("all done after {:.1} ms", self.ms());
    }
}
