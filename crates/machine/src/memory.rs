//! Memory: one array of frames, and for each address space a table of which frame each of its pages is in.
//!
//! As in the book's simulator, each address holds a whole value. A page gets a frame when something is first written to it;
//! before that it reads as zeros.

/// How many addresses a page has.
pub const PAGE: u32 = 1024;
const PAGE_BITS: u32 = PAGE.trailing_zeros();
/// In a page table: no frame yet.
const NONE: u32 = u32::MAX;

/// The memory of all address spaces.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Memory {
    /// The frames, one after the other.
    frames: Vec<i32>,
    /// For each space, one after the other, the frame of each of its pages.
    tables: Vec<u32>,
    /// How many pages a space has.
    pages: u32,
}

/// What an instruction wrote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Write {
    /// Where, in the thread's address space.
    pub address: u32,
    /// What was there.
    pub before: i32,
    /// What is there now.
    pub after: i32,
    /// Whether the page got its frame by this.
    pub mapped: bool,
}

impl Memory {
    /// Address spaces of so many pages, all zeros.
    #[must_use]
    pub fn new(spaces: usize, pages: u32) -> Memory {
        Memory { frames: Vec::new(), tables: vec![NONE; spaces * pages as usize], pages }
    }

    /// How many addresses a space has.
    #[must_use]
    pub fn size(&self) -> u32 {
        self.pages * PAGE
    }

    /// The frame of each page of a space, where it has one: a page table.
    pub fn table(&self, space: usize) -> impl Iterator<Item = Option<u32>> {
        let pages = self.pages as usize;
        self.tables[space * pages..][..pages].iter().map(|frame| (*frame != NONE).then_some(*frame))
    }

    /// What an address holds; 0 beyond the memory's end.
    #[must_use]
    pub fn load(&self, space: usize, address: u32) -> i32 {
        self.physical(space, address).map_or(0, |cell| self.frames[cell])
    }

    /// Writes to an address within the memory.
    pub fn store(&mut self, space: usize, address: u32, value: i32) -> Write {
        let (cell, mapped) = match self.physical(space, address) {
            Some(cell) => (cell, false),
            None => (self.map(space, address), true),
        };
        let before = std::mem::replace(&mut self.frames[cell], value);
        Write { address, before, after: value, mapped }
    }

    /// Takes the last write back.
    pub fn undo(&mut self, space: usize, write: &Write) {
        let Some(cell) = self.physical(space, write.address) else { return };
        self.frames[cell] = write.before;
        if write.mapped {
            self.frames.truncate(self.frames.len() - PAGE as usize);
            let entry = self.entry(space, write.address);
            self.tables[entry] = NONE;
        }
    }

    /// Where an address is among all frames, if its page has one: the same place for the same address.
    #[must_use]
    pub fn physical(&self, space: usize, address: u32) -> Option<usize> {
        if address >> PAGE_BITS >= self.pages {
            return None;
        }
        let frame = self.tables[self.entry(space, address)];
        (frame != NONE).then_some(((frame << PAGE_BITS) | (address & (PAGE - 1))) as usize)
    }

    /// All frames, one after the other.
    #[must_use]
    pub fn frames(&self) -> &[i32] {
        &self.frames
    }

    /// All frames, one after the other.
    pub fn frames_mut(&mut self) -> &mut [i32] {
        &mut self.frames
    }

    fn entry(&self, space: usize, address: u32) -> usize {
        space * self.pages as usize + (address >> PAGE_BITS) as usize
    }

    /// Gives a page the next frame. Returns where the address is then.
    #[cold]
    fn map(&mut self, space: usize, address: u32) -> usize {
        let start = self.frames.len();
        self.frames.resize(start + PAGE as usize, 0);
        let entry = self.entry(space, address);
        self.tables[entry] = (start >> PAGE_BITS) as u32;
        start + (address & (PAGE - 1)) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_are_apart_and_share_addresses() {
        let mut memory = Memory::new(2, 4);
        let write = memory.store(1, 2000, 7);
        assert_eq!(write, Write { address: 2000, before: 0, after: 7, mapped: true });
        assert_eq!((memory.load(0, 2000), memory.load(1, 2000)), (0, 7));
        assert!(!memory.store(1, 2001, 8).mapped);
        assert_eq!(memory.table(1).collect::<Vec<_>>(), [None, Some(0), None, None]);
        assert_eq!(memory.table(0).collect::<Vec<_>>(), [None; 4]);
        assert_eq!(memory.load(0, memory.size()), 0);
    }

    #[test]
    fn what_is_undone_leaves_nothing_behind() {
        let mut memory = Memory::new(2, 4);
        memory.store(0, 5, 1);
        let before = memory.clone();
        let first = memory.store(1, 5, 2);
        let second = memory.store(1, 5, 3);
        memory.undo(1, &second);
        assert_eq!(memory.load(1, 5), 2);
        memory.undo(1, &first);
        assert_eq!(memory, before);
    }
}
