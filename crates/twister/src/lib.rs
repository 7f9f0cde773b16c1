//! The Mersenne Twister MT19937 of M. Matsumoto and T. Nishimura (ACM TOMACS 8(1), 1998), seeded and read as Python does it, so that
//! the same seed gives the same numbers.
#![forbid(unsafe_code)]

const SIZE: usize = 624;
const MIDDLE: usize = 397;

/// The generator.
#[derive(Clone, Debug)]
pub struct Twister {
    state: [u32; SIZE],
    next: usize,
}

impl Twister {
    /// Seeds it with a number, as Python's `seed`.
    #[must_use]
    pub fn new(seed: u64) -> Twister {
        Twister::of_words(&[seed as u32, (seed >> 32) as u32])
    }

    /// Seeds it with a number of any size, its lowest word first: the authors' `init_by_array`, without words that are zero at the end.
    #[must_use]
    pub fn of_words(seed: &[u32]) -> Twister {
        let words = seed.iter().rposition(|&word| word != 0).map_or(0, |last| last + 1);
        let key = if words == 0 { &[0] } else { &seed[..words] };
        let mut twister = Twister::of_word(19_650_218);
        let (mut i, mut j) = (1, 0);
        for _ in 0..SIZE.max(key.len()) {
            let mixed = (twister.state[i] ^ twister.before(i).wrapping_mul(1_664_525)).wrapping_add(key[j]);
            twister.state[i] = mixed.wrapping_add(j as u32);
            i = twister.after(i);
            j = (j + 1) % key.len();
        }
        for _ in 1..SIZE {
            let mixed = twister.state[i] ^ twister.before(i).wrapping_mul(1_566_083_941);
            twister.state[i] = mixed.wrapping_sub(i as u32);
            i = twister.after(i);
        }
        twister.state[0] = 1 << 31;
        twister
    }

    fn of_word(word: u32) -> Twister {
        let mut state = [word; SIZE];
        for i in 1..SIZE {
            let last = state[i - 1];
            state[i] = 1_812_433_253_u32.wrapping_mul(last ^ (last >> 30)).wrapping_add(i as u32);
        }
        Twister { state, next: SIZE }
    }

    /// The word before one, mixed with itself.
    fn before(&self, i: usize) -> u32 {
        let last = self.state[i - 1];
        last ^ (last >> 30)
    }

    /// The place after one. The first word is taken from the last when the end is reached.
    fn after(&mut self, i: usize) -> usize {
        if i + 1 < SIZE {
            return i + 1;
        }
        self.state[0] = self.state[SIZE - 1];
        1
    }

    /// The next 32 random bits.
    pub fn word(&mut self) -> u32 {
        if self.next == SIZE {
            self.twist();
        }
        let mut word = self.state[self.next];
        self.next += 1;
        word ^= word >> 11;
        word ^= (word << 7) & 0x9d2c_5680;
        word ^= (word << 15) & 0xefc6_0000;
        word ^ (word >> 18)
    }

    fn twist(&mut self) {
        for i in 0..SIZE {
            let joined = (self.state[i] & (1 << 31)) | (self.state[(i + 1) % SIZE] & !(1 << 31));
            let odd = if joined & 1 == 1 { 0x9908_b0df } else { 0 };
            self.state[i] = self.state[(i + MIDDLE) % SIZE] ^ (joined >> 1) ^ odd;
        }
        self.next = 0;
    }

    /// A number from 0 up to but without 1, of 53 bits: Python's `random()`.
    pub fn random(&mut self) -> f64 {
        let (high, low) = (self.word() >> 5, self.word() >> 6);
        (f64::from(high) * 67_108_864.0 + f64::from(low)) / 9_007_199_254_740_992.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_says_what_python_says() {
        let numbers = |seed| {
            let mut twister = Twister::new(seed);
            [(); 5].map(|()| (twister.random() * 1e6) as u32)
        };
        // `random.seed(0); [int(random.random() * 1e6) for _ in range(5)]`, and with 1 and 2**40 + 7.
        assert_eq!(numbers(0), PYTHON_0);
        assert_eq!(numbers(1), PYTHON_1);
        assert_eq!(numbers((1 << 40) + 7), PYTHON_LONG);
        // Seeds of no words, and of more than the state has: `random.seed(2**32000 + 5)`.
        assert_eq!((Twister::of_words(&[]).random() * 1e6) as u32, PYTHON_0[0]);
        let mut long = vec![0; 1001];
        (long[0], long[1000]) = (5, 1);
        assert_eq!((Twister::of_words(&long).random() * 1e6) as u32, PYTHON_LONGER);
        // Far enough for several rounds.
        let mut twister = Twister::new(0);
        let last = (0..2000).map(|_| twister.random()).last().unwrap();
        assert_eq!((last * 1e6) as u32, PYTHON_2000TH);
    }

    const PYTHON_0: [u32; 5] = [844_421, 757_954, 420_571, 258_916, 511_274];
    const PYTHON_1: [u32; 5] = [134_364, 847_433, 763_774, 255_069, 495_435];
    const PYTHON_LONG: [u32; 5] = [613_703, 814_916, 945_011, 570_390, 475_924];
    const PYTHON_LONGER: u32 = 574_657;
    const PYTHON_2000TH: u32 = 352_788;
}
