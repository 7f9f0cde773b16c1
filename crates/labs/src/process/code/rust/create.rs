@ABOUT
use std::env;
use std::io::{Read, Write};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Instant;

const REPEATS: usize = @REPEATS;

fn main() {
    if env::args().len() > 1 {
        // The first message of the process.
        std::io::stdout().write_all(b"!").unwrap();
        return;
    }
    let (mut threads, mut processes) = (Vec::new(), Vec::new());
    for _ in 0..REPEATS {
        threads.push(thread());
        processes.push(process());
    }
    let (thread, process) = (median(threads), median(processes));
    println!("thread   {thread:8.3} ms");
    println!("process  {process:8.3} ms");
    println!("a process takes {:.1} times as long", process / thread);
}

/// How many milliseconds it takes from asking for a new thread until its first message is back.
fn thread() -> f64 {
    let (says, hears) = mpsc::channel();
    let asked = Instant::now();
    let thread = thread::spawn(move || says.send('!').unwrap());
    hears.recv().unwrap();
    let took = asked.elapsed().as_secs_f64() * 1e3;
    thread.join().unwrap();
    took
}

/// The same for a process, which runs this program again.
fn process() -> f64 {
    let asked = Instant::now();
    let mut process = Command::new(env::current_exe().unwrap()).arg("child").stdout(Stdio::piped()).spawn().unwrap();
    process.stdout.as_mut().unwrap().read_exact(&mut [0]).unwrap();
    let took = asked.elapsed().as_secs_f64() * 1e3;
    process.wait().unwrap();
    took
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
