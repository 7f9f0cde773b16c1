@ABOUT
// Your script is in Python. These are threads that start and are joined, in Rust, where each thread is a daemon.

use std::{thread, time::Duration};

fn brew(cup: &str) {
    thread::sleep(Duration::from_secs(1));
    println!("Cup {cup} is ready.");
}

fn main() {
    let joined = thread::spawn(|| brew("1"));
    joined.join().expect("cup 1");
    println!("The main thread has waited for cup 1.");

    let waited_for = thread::spawn(|| brew("2"));
    thread::spawn(|| brew("daemon"));
    // The program ends with main, whoever else still runs: to wait for a thread is to join it.
    waited_for.join().expect("cup 2");
    println!("The main program has no more lines.");
}
