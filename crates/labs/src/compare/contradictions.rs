//! Reads a result of `compare` as a sceptic: do its sentences agree with each other, and with the traces? For tests.
//!
//! It shares nothing with what writes the sentences: it takes a result's JSON, and computes by itself what they speak of. A sentence that it
//! does not know is one that nobody checks, and so counts as a contradiction.

mod asked;
mod main_sentences;
mod run;
mod score;
mod words;

use asked::Asked;
use run::{Run, alike};
use serde_json::Value;
use std::collections::BTreeSet;
use words::{Range, filled, quantity, sentences, times};

/// What is wrong with what a result says, and with the words of its score if there are some; nothing if all is well.
#[must_use]
pub fn contradictions(result: &Value, score: Option<&str>) -> Vec<String> {
    let Some(sceptic) = Sceptic::of(result) else { return vec!["this is no result of compare".to_owned()] };
    let mut wrong = Vec::new();
    let (mut ids, mut compared, mut main) = (BTreeSet::new(), None, 0);
    let findings = result["findings"].as_array().map(Vec::as_slice).unwrap_or_default();
    for (place, finding) in findings.iter().enumerate() {
        let (Some(id), Some(value), Some(text)) =
            (finding["id"].as_str(), finding["value"].as_f64(), finding["text"].as_str())
        else {
            wrong.push(format!("no finding: {finding}"));
            continue;
        };
        let before = || findings[..place].iter().map(|it| it["id"].as_str().unwrap_or_default());
        let mut say = |fault: &str| wrong.push(format!("{fault}: “{text}” ({id} {value})"));
        if !ids.insert(id) {
            say("said twice");
        }
        if !value.is_finite() || !text.ends_with('.') || text.contains("NaN") || text.contains('–') {
            say("no sentence");
        }
        if before().any(|before| rank(before) > rank(id)) {
            say("comes late");
        }
        main += usize::from(matches!(rank(id), Rank::Headline | Rank::Main));
        let fault = match id.split_once(':').unwrap_or((id, "")) {
            ("machine", _) => None,
            ("checksum", _) if before().any(|id| rank(id) == Rank::Main) => Some("other work is said late".to_owned()),
            ("checksum", _) => sceptic.checksum(value, text).err(),
            ("fastest", _) => {
                compared = Some(text);
                sceptic.headline(value, text).err()
            }
            ("took", _) => sceptic.alone(value, text).err(),
            ("sleep", _) => sceptic.sleep(value, text).err(),
            ("computing", _) => sceptic.computing(value, text).err(),
            ("work", _) => sceptic.work(value, text).err(),
            ("lost", _) => sceptic.lost(value, text, findings).err(),
            (kind @ ("speedup" | "wall"), slug) => sceptic.mode(kind, slug, value, text).err(),
            ("switches", slug) => sceptic.switches(slug, value, text).err(),
            ("cores", _) => sceptic.cores(value, text).err(),
            _ => Some("unknown".to_owned()),
        };
        fault.iter().for_each(|fault| say(fault));
    }
    let has = |id: &str| ids.contains(id);
    if main > 4 || (main > 0) == sceptic.runs.is_empty() {
        wrong.push(format!("{main} main sentences"));
    }
    if has("work") && (has("sleep") || has("computing")) {
        wrong.push("the work is told twice".to_owned());
    }
    if has("took") != (sceptic.runs.len() == 1) {
        wrong.push("one run is compared, or several are not".to_owned());
    }
    if has("checksum") != sceptic.runs.iter().any(|run| !run.counts) {
        wrong.push("checksums and what is said of them do not agree".to_owned());
    }
    if has("fastest") != (sceptic.counting().count() > 1) {
        wrong.push("there is a headline without a comparison, or none with one".to_owned());
    }
    for run in &sceptic.runs {
        if has(&format!("speedup:{}", run.slug)) == has(&format!("wall:{}", run.slug)) {
            wrong.push(format!("{} has no sentence, or two", run.slug));
        }
        let speedup = sceptic.speedup(run);
        if run.speedup.is_some() != speedup.is_some() || run.speedup.zip(speedup).is_some_and(|(a, b)| !near(a, b)) {
            wrong.push(format!("the speed-up of {} is {:?}, not {speedup:?}", run.slug, run.speedup));
        }
    }
    if let Some(score) = score {
        wrong.extend(sceptic.score(score, compared).err().map(|fault| format!("{fault}: “{score}”")));
    }
    wrong
}

/// What comes first.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Doubt,
    Headline,
    Main,
    OfOneMode,
}

fn rank(id: &str) -> Rank {
    match id.split_once(':').map_or(id, |(kind, _)| kind) {
        "machine" => Rank::Doubt,
        "fastest" | "took" => Rank::Headline,
        "speedup" | "wall" | "switches" | "cores" => Rank::OfOneMode,
        _ => Rank::Main,
    }
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs()) + 1e-9
}

/// Says what is wrong unless it holds.
fn holds(holds: bool, otherwise: &str) -> Result<(), String> {
    if holds { Ok(()) } else { Err(otherwise.to_owned()) }
}

/// A result, and what a sceptic computed from it.
struct Sceptic {
    asked: Asked,
    cores: f64,
    pool: f64,
    step_us: f64,
    runs: Vec<Run>,
}

impl Sceptic {
    fn of(result: &Value) -> Option<Sceptic> {
        let runs = Run::all(result["runs"].as_array()?)?;
        Some(Sceptic {
            asked: Asked::of(&result["args"])?,
            cores: result["host"]["cores"].as_f64()?.max(1.0),
            pool: result["args"]["pool"].as_f64()?.max(1.0),
            step_us: result["host"]["timer_us"].as_f64()?.max(1.0),
            runs,
        })
    }

    fn counting(&self) -> impl Iterator<Item = &Run> {
        self.runs.iter().filter(|run| run.counts)
    }

    fn sequential(&self) -> Option<&Run> {
        self.counting().find(|run| run.slug == "sequential")
    }

    fn called(&self, name: &str) -> Result<&Run, String> {
        self.runs.iter().find(|run| run.name == name).ok_or_else(|| format!("“{name}” did not run"))
    }

    fn list(&self, names: &str) -> Result<Vec<&Run>, String> {
        names.split(", ").map(|name| self.called(name)).collect()
    }

    fn alike(&self, a: &Run, b: &Run) -> bool {
        alike(a.wall_us, b.wall_us, self.step_us)
    }

    fn faster(&self, run: &Run, than: &Run) -> bool {
        run.wall_us < than.wall_us && !self.alike(run, than)
    }

    fn speedup(&self, run: &Run) -> Option<f64> {
        let base_us = self.sequential()?.wall_us;
        (run.counts && run.wall_us > 0.0).then_some(base_us / run.wall_us)
    }

    /// On how many cores a mode may compute.
    fn cores_of(&self, run: &Run) -> f64 {
        match run.slug {
            "sequential" | "event-loop" | "one-core" => 1.0,
            "pool" => self.cores.min(self.pool),
            _ => self.cores,
        }
    }

    /// How many times as long one time is as a shorter one, as far as the clock can tell.
    fn ratio(&self, longer_us: f64, shorter_us: f64) -> f64 {
        longer_us.max(self.step_us) / shorter_us.max(self.step_us)
    }

    fn says_time(&self, text: &str, us: f64) -> Result<(), String> {
        let (range, rest) = quantity(text).ok_or_else(|| format!("“{text}” is no time"))?;
        holds(rest.is_empty() && range.has(us), &format!("“{text}” is not {us} µs"))
    }

    fn says_times(&self, text: &str, longer_us: f64, shorter_us: f64) -> Result<(), String> {
        let range = times(text).ok_or_else(|| format!("“{text}” is no ratio"))?;
        let ratio = self.ratio(longer_us, shorter_us);
        holds(range.has(ratio), &format!("“{text}” is not {ratio}"))?;
        holds(text.starts_with("at least") == (shorter_us < self.step_us), "more is known, or less")
    }

    fn mode(&self, kind: &str, slug: &str, value: f64, text: &str) -> Result<(), String> {
        let run = self.runs.iter().find(|run| run.slug == slug).ok_or("it did not run")?;
        let expected = if kind == "speedup" { self.speedup(run).ok_or("it has none")? } else { run.wall_us / 1000.0 };
        holds(near(value, expected), "not that value")?;
        let mut sentences = sentences(text).into_iter().peekable();
        let first = sentences.next().unwrap_or_default();
        let said = filled("{}: {}.", first).ok_or("unknown")?;
        holds(said[0] == run.name, "another mode")?;
        let (took, beside) = said[1].split_once(", ").unwrap_or((&said[1], ""));
        self.says_time(took, run.wall_us)?;
        let base = self.sequential().filter(|base| run.counts && base.slug != run.slug);
        let no_faster = base.is_some_and(|base| !self.faster(run, base));
        match (base, beside) {
            (None, "") => {}
            (None, _) | (Some(_), "") => return Err("compared with nothing, or not compared".to_owned()),
            (Some(base), "about as long as sequential") => holds(self.alike(run, base), "it was not")?,
            (Some(base), beside) => {
                if let Some(said) = filled("{} as fast as sequential", beside) {
                    holds(self.faster(run, base), "it was not faster")?;
                    self.says_times(&said[0], base.wall_us, run.wall_us)?;
                } else {
                    let said = filled("{} as long as sequential", beside).ok_or("unknown")?;
                    holds(self.faster(base, run), "it was not slower")?;
                    self.says_times(&said[0], run.wall_us, base.wall_us)?;
                }
            }
        }
        if let Some(sentence) = sentences.next_if(|sentence| sentence.contains(" it could take ")) {
            self.bound(run, sentence)?;
        }
        if let Some(sentence) = sentences.next_if(|sentence| sentence.starts_with("It is no faster because ")) {
            holds(no_faster, "it was faster")?;
            let why = filled("It is no faster because {}.", sentence).ok_or("unknown")?;
            self.because(&why[0], run)?;
        } else {
            holds(!no_faster, "no word of why it is no faster")?;
        }
        holds(sentences.next().is_none(), "unknown")
    }

    /// `On 2 cores it could take 20.0 ms at best; 40.0 ms more were lost: 38.0 ms to starting threads.`
    fn bound(&self, run: &Run, sentence: &str) -> Result<(), String> {
        holds(run.counts, "it did other work")?;
        let said = filled("{} it could take {} at best{}.", sentence).ok_or("unknown")?;
        let (best, _) = quantity(&said[1]).ok_or("no time")?;
        let (count, of_workers) = match said[0].as_str() {
            "On one core" => (1.0, false),
            "With one worker" => (1.0, true),
            given => {
                let number = |text: Option<Vec<String>>| text.and_then(|text| text[0].parse::<f64>().ok());
                let workers = number(filled("With {} workers", given));
                (workers.or_else(|| number(filled("On {} cores", given))).ok_or("unknown")?, workers.is_some())
            }
        };
        let by = if of_workers { self.pool } else { self.cores_of(run) };
        holds(count == by && (!of_workers || run.slug == "pool"), "not on so many")?;
        let least_us = self.asked.longest_us().max(self.asked.cpu_us().low / self.cores_of(run));
        let possible = Range { low: least_us, high: self.asked.all_us().high };
        holds(best.meets(possible), "that is not its best")?;
        holds(up_to(best.low, run.wall_us), "it was faster than its best")?;
        if said[2].is_empty() {
            return Ok(());
        }
        let lost = filled("; {} more were lost{}", &said[2]).ok_or("unknown")?;
        let (total, _) = quantity(&lost[0]).ok_or("no time")?;
        holds(
            total.meets(Range { low: run.wall_us - best.high, high: run.wall_us - best.low }),
            "not that much was lost",
        )?;
        if lost[1] == ", to nothing that stands out" {
            return Ok(());
        }
        let mut claimed_us = 0.0;
        for cause in lost[1].strip_prefix(": ").ok_or("unknown")?.split(", ") {
            let (range, rest) = quantity(cause).ok_or("no time")?;
            claimed_us += range.low;
            self.cause(run, range.low, rest.strip_prefix(" to ").ok_or("unknown")?)?;
        }
        holds(up_to(claimed_us, total.high), "more than was lost")
    }

    fn cause(&self, run: &Run, us: f64, cause: &str) -> Result<(), String> {
        let shown = match cause {
            "starting threads" => run.slug != "processes" && up_to(us, run.all_us("spawn")),
            "starting processes" => run.slug == "processes" && up_to(us, run.all_us("spawn")),
            "passing messages" => up_to(us, run.all_us("message")),
            "context switches" => up_to(us, run.switch_us),
            "slower computing" => self.asked.computed(run, |run_us, cpu| run_us > cpu.low),
            "sleeps longer than asked for" => self.asked.slept(run, |sleep_us, asked| sleep_us > asked.low),
            "turns that came late" => run.slug == "event-loop" && up_to(us, run.all_us("ready")),
            "waiting for a core that was not free" => run.slug != "event-loop" && up_to(us, run.all_us("ready")),
            "waiting with nothing to do" => up_to(us, run.idle_us() + run.all_us("wait")),
            "workers with nothing left to do" => run.slug == "pool" && up_to(us, run.earliest_end_us()),
            "cores with nothing left to do" => up_to(us, run.earliest_end_us()),
            _ => return Err(format!("unknown: {cause}")),
        };
        holds(shown, &format!("the trace does not show {cause}"))
    }

    fn because(&self, why: &str, run: &Run) -> Result<(), String> {
        let (longest_us, all) = (self.asked.longest_high_us(), self.asked.all_us());
        let holds_true = match why {
            "one task is all of the work, or nearly all" => longest_us * 1.1 >= all.low,
            "a pool of one worker does one task at a time" => run.slug == "pool" && self.pool == 1.0,
            "taking turns on one core makes no computing shorter" => {
                self.cores_of(run) == 1.0 && self.asked.cpu_us().high * 1.1 >= all.low
            }
            why => {
                let base_us = self.sequential().ok_or("there is nothing to save")?.wall_us;
                let saved_us = base_us - run.wall_us;
                match filled("most of the {} that it could have saved was lost", why) {
                    Some(most) => {
                        let (could, _) = quantity(&most[0]).ok_or("no time")?;
                        could.low > 0.0 && could.low <= base_us && saved_us * 2.0 < could.high
                    }
                    None if why == "it could save little" => true,
                    None => return Err("unknown".to_owned()),
                }
            }
        };
        holds(holds_true, "not for that reason")
    }

    fn switches(&self, slug: &str, value: f64, text: &str) -> Result<(), String> {
        let run = self.runs.iter().find(|run| run.slug == slug).ok_or("it did not run")?;
        let said = filled("{}: {} {}, {} each on average, {} in all.", text).ok_or("unknown")?;
        let what = match (slug, run.switches) {
            ("event-loop", 1.0) => "turn from one task to another",
            ("event-loop", _) => "turns from one task to another",
            (_, 1.0) => "context switch",
            _ => "context switches",
        };
        holds(said[0] == run.name && said[1] == format!("{}", run.switches) && said[2] == what, "not those switches")?;
        holds(near(value, run.switch_us / run.switches), "not that long")?;
        self.says_time(&said[3], value)?;
        self.says_time(&said[4], run.switch_us)
    }

    fn cores(&self, value: f64, text: &str) -> Result<(), String> {
        let said = filled("{}: {} tasks computed at once on average, on {} cores.", text).ok_or("unknown")?;
        let run = self.called(&said[0])?;
        holds(near(value, run.all_us("run") / run.wall_us), "not so many")?;
        holds(near_tenth(&said[1], value), "not so many")?;
        holds(said[2] == format!("{}", self.cores) && value <= self.cores, "more than there are cores")
    }
}

/// Whether one number is at most another, but for what adding up rounds.
fn up_to(one: f64, other: f64) -> bool {
    one <= other + 1e-9 * other.abs() + 1e-6
}

/// Half a tenth may be rounded either way.
fn near_tenth(text: &str, value: f64) -> bool {
    text.parse::<f64>().is_ok_and(|said| (said - value).abs() <= 0.050_001)
}

#[cfg(test)]
mod tests;
