//! How much memory one more takes. New processes report it, because old ones may have kept memory that threads gave
//! back.

use super::orders::{Order, Word, ask, partner};
use crate::stage::Stage;
use interleave_labs::process::Memory;
use interleave_threads::{Error, thread_stack};

pub(super) async fn measure(processes: u32, stage: &Stage) -> Result<Memory, Error> {
    let mut memory = Memory::default();
    for _ in 0..processes {
        let mut process = partner(stage).await?;
        if let Word::Memory { own, thread } = ask(&mut process, Order::Memory).await? {
            memory.process.extend(own);
            memory.thread.extend(thread);
        }
    }
    // In a browser, the stack that each thread gets.
    if stage.shared_memory() {
        memory.thread.extend(thread_stack().map(|bytes| bytes as f64));
    }
    Ok(memory)
}
