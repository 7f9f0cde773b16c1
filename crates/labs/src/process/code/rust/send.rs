@ABOUT
use std::env;
use std::io::{Read, Write};
use std::process::{Command, Stdio};
use std::sync::{mpsc, Arc, Mutex};
use std::thread;
use std::time::Instant;

const REPEATS: usize = @REPEATS;
const SIZES: &[usize] = &[@SIZES];

fn main() {
    if env::args().len() > 1 {
        return receive();
    }
    let mut ways = [("thread", thread()), ("process", process())];
    for &size in SIZES {
        let message = vec![(size % 255 + 1) as u8; size];
        for (name, send) in &mut ways {
            send(&message);
            let took = median((0..REPEATS).map(|_| milliseconds(|| send(&message))).collect());
            println!("{name:8} {size:9} bytes {took:9.3} ms");
        }
    }
}

/// Sends a message and waits until its last byte is back.
type Send = Box<dyn FnMut(&[u8])>;

/// Another thread: it sees the same memory, so only a signal has to go there and back.
fn thread() -> Send {
    let memory = Arc::new(Mutex::new(vec![0; *SIZES.last().unwrap()]));
    let (there, asked) = mpsc::channel();
    let (answers, back) = mpsc::channel();
    let theirs = memory.clone();
    thread::spawn(move || {
        for size in asked {
            let last: u8 = theirs.lock().unwrap()[size - 1];
            answers.send(last).unwrap();
        }
    });
    Box::new(move |message| {
        memory.lock().unwrap()[..message.len()].copy_from_slice(message);
        there.send(message.len()).unwrap();
        assert_eq!(back.recv().unwrap(), *message.last().unwrap());
    })
}

/// Another process, which runs this program again: the message is copied through a pipe.
fn process() -> Send {
    let mut command = Command::new(env::current_exe().unwrap());
    let mut child = command.arg("child").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let (mut there, mut back) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
    Box::new(move |message| {
        there.write_all(&message.len().to_le_bytes()).unwrap();
        there.write_all(message).unwrap();
        let mut last = [0];
        back.read_exact(&mut last).unwrap();
        assert_eq!(last[0], *message.last().unwrap());
    })
}

/// What the process does with each message, until no more come.
fn receive() {
    let (mut input, mut output) = (std::io::stdin().lock(), std::io::stdout().lock());
    let mut size = [0; size_of::<usize>()];
    while input.read_exact(&mut size).is_ok() {
        let mut message = vec![0; usize::from_le_bytes(size)];
        input.read_exact(&mut message).unwrap();
        output.write_all(&message[message.len() - 1..]).unwrap();
        output.flush().unwrap();
    }
}

fn milliseconds(body: impl FnOnce()) -> f64 {
    let start = Instant::now();
    body();
    start.elapsed().as_secs_f64() * 1e3
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
