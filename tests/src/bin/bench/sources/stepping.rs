//! Taking a board step by step: from the key to the picture.

use super::visit::with_settled;
use crate::built::Built;
use crate::measured::Measured;
use e2e::Browser;
use interleave_labs::lab::Lab;
use interleave_labs::machine::Machine;
use std::time::Duration;
use thirtyfour::prelude::*;

/// Where thread 0 has run for a while, and both can go on.
const QUERY: &str = "program=recursion&schedule=0000000000";

/// What is pressed, by turns, and which of the keys is measured.
const WAYS: [(&str, [&str; 2], usize); 3] =
    [("step", ["s", "b"], 0), ("back", ["s", "b"], 1), ("switch", ["1", "b"], 0)];

/// Milliseconds from the press of a key until the browser draws the board that it leads to: the start of the frame after that in which
/// the board changed.
pub fn from_key(built: &Built, browser: Browser, quick: bool) -> Vec<Measured> {
    let server = built.serve("app");
    with_settled(browser, async |driver| {
        driver.goto(format!("{}?lab={}&{QUERY}", server.url(), Machine::SLUG)).await.expect("the page");
        driver.query(By::Css(".board .columns tr")).first().await.expect("a board");
        // The page appears in parts: all of it is there.
        driver.query(By::Css(".tier")).first().await.expect("the whole page");
        let board = driver.find(By::Css(".board")).await.expect("the board");
        driver.execute(WATCH, Vec::new()).await.expect("a watch");
        let press = async |key: &str| {
            board.send_keys(key).await.expect("a key");
            loop {
                let answer = driver.execute("return taken()", Vec::new()).await.expect("a time").json().as_f64();
                if let Some(ms) = answer {
                    return ms;
                }
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        let mut measured = Vec::new();
        for (name, keys, which) in WAYS {
            let mut times = Vec::new();
            for _ in 0..if quick { 10 } else { 50 } {
                let both = [press(keys[0]).await, press(keys[1]).await];
                times.push(both[which]);
            }
            measured.push(Measured::new(format!("{name}, {browser}"), "ms", times));
        }
        measured
    })
}

/// `taken()` gives the time that the last key took, once, when the frame with its board begins.
const WATCH: &str = "
  const board = document.querySelector('.board');
  let pressed, took;
  board.addEventListener('keydown', ({ timeStamp }) => { pressed = timeStamp; }, true);
  new MutationObserver(() => {
    const from = pressed;
    pressed = undefined;
    if (from !== undefined) requestAnimationFrame(() => { took = performance.now() - from; });
  }).observe(board, { childList: true, subtree: true, characterData: true });
  window.taken = () => { const last = took; took = undefined; return last; };";
