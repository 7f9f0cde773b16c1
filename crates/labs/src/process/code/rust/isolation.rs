@ABOUT
use std::env;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::thread;

const PROCESSES: u32 = @PROCESSES;

static VALUE: AtomicU32 = AtomicU32::new(0);

fn main() {
    let args: Vec<String> = env::args().collect();
    if args.len() > 1 {
        return child(&args[1..]);
    }
    thread::spawn(|| VALUE.store(42, SeqCst)).join().unwrap();
    println!("a thread set the global to 42: this thread reads {}", VALUE.load(SeqCst));
    println!("a process reads {}", answer(start(&["look"])));

    let processes: Vec<Child> = (1..=PROCESSES).map(|number| start(&["set", &number.to_string()])).collect();
    for (process, number) in processes.into_iter().zip(1..) {
        println!("process {number} set it to {number}, added 1000, and reads {}", answer(process));
    }
    println!("in the parent it is still {}", VALUE.load(SeqCst));

    let (mut sibling, mut crashing) = (start(&["answer"]), start(&["crash"]));
    let status = crashing.wait().unwrap();
    sibling.stdin.take().unwrap().write_all(b"?").unwrap();
    println!("a process crashed with {status}; its sibling is {}", answer(sibling));
}

/// What a process does. It has its own memory, so it prints what it sees.
fn child(args: &[String]) {
    match args[0].as_str() {
        "look" => println!("{}", VALUE.load(SeqCst)),
        "set" => {
            VALUE.store(args[1].parse().unwrap(), SeqCst);
            for _ in 0..1000 {
                VALUE.fetch_add(1, SeqCst);
            }
            println!("{}", VALUE.load(SeqCst));
        }
        "crash" => std::process::abort(),
        _ => {
            std::io::stdin().read_exact(&mut [0]).unwrap();
            println!("here");
        }
    }
}

/// Starts this program again.
fn start(args: &[&str]) -> Child {
    let mut command = Command::new(env::current_exe().unwrap());
    command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap()
}

fn answer(mut process: Child) -> String {
    let mut line = String::new();
    BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
    process.wait().unwrap();
    line.trim().to_owned()
}
