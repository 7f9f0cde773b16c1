//! Whether the main sentences are true: who won, why, and what was lost.

use super::run::{Run, alike};
use super::words::{Range, filled, quantity, sentences};
use super::{Sceptic, holds, near, up_to};
use serde_json::Value;

impl Sceptic {
    pub(super) fn headline(&self, value: f64, text: &str) -> Result<(), String> {
        let (fastest, slowest) = self.ends().ok_or("nothing ran")?;
        let ratio_is = |beside: &Run| holds(near(value, self.ratio(beside.wall_us, fastest.wall_us)), "not that ratio");
        if let Some(said) = filled("All modes took about the same time, {}.", text) {
            ratio_is(slowest)?;
            self.says_time(&said[0], fastest.wall_us)?;
            return holds(self.counting().all(|run| self.alike(run, fastest)), "they did not");
        }
        let sequential = self.sequential().filter(|run| self.faster(fastest, run));
        let tied = |run: &Run| run.counts && self.alike(run, fastest);
        let stands_out = |run: &&Run| !tied(run) && sequential.is_none_or(|sequential| sequential.slug != run.slug);
        if let Some(said) = filled("All but sequential took about the same time, {}: {} as fast.", text) {
            let sequential = sequential.ok_or("it took no longer, or did not run")?;
            ratio_is(sequential)?;
            self.says_time(&said[0], fastest.wall_us)?;
            self.says_times(&said[1], sequential.wall_us, fastest.wall_us)?;
            return holds(!self.counting().any(|run| stands_out(&run)) && self.counting().count() > 2, "they did not");
        }
        let mut sentences = sentences(text).into_iter();
        let said = filled("{} won: {}, {} as fast as {}.", sentences.next().unwrap_or_default()).ok_or("unknown")?;
        let named = self.called(&said[0])?;
        holds(named.counts && named.wall_us == fastest.wall_us, "another was faster")?;
        self.says_time(&said[1], named.wall_us)?;
        let beside = match filled("the slowest, {}", &said[3]) {
            Some(slowest) => self.called(&slowest[0])?,
            None => sequential.filter(|_| said[3] == "sequential").ok_or("compared with nothing")?,
        };
        match sequential {
            Some(sequential) => holds(beside.slug == sequential.slug, "not compared with sequential")?,
            None => holds(beside.counts && beside.wall_us == slowest.wall_us, "another was slower")?,
        }
        ratio_is(beside)?;
        self.says_times(&said[2], beside.wall_us, named.wall_us)?;
        let as_fast = match sentences.next() {
            Some(sentence) => self.list(&filled("About as fast: {}.", sentence).ok_or("unknown")?[0])?,
            None => vec![],
        };
        for run in self.runs.iter().filter(|run| run.slug != named.slug) {
            let listed = as_fast.iter().any(|it| it.slug == run.slug);
            holds(listed == (run.counts && self.alike(run, named)), "a tie that is none, or is not said")?;
        }
        let others = self.counting().filter(stands_out).count();
        holds(others > 0 || as_fast.is_empty(), "none stands out")
    }

    /// The fastest and the slowest run of those that are compared.
    pub(super) fn ends(&self) -> Option<(&Run, &Run)> {
        let by_time = |a: &&Run, b: &&Run| a.wall_us.total_cmp(&b.wall_us);
        Some((self.counting().min_by(by_time)?, self.counting().max_by(by_time)?))
    }

    pub(super) fn alone(&self, value: f64, text: &str) -> Result<(), String> {
        let said = filled("{} took {}. No other mode ran to compare it with.", text).ok_or("unknown")?;
        let run = self.called(&said[0])?;
        holds(near(value, run.wall_us / 1000.0), "not that value")?;
        self.says_time(&said[1], run.wall_us)
    }

    pub(super) fn checksum(&self, value: f64, text: &str) -> Result<(), String> {
        let said = filled("Not compared: {}. Checksums differ, so not all modes did the same work.", text);
        let [names] = &said.ok_or("unknown")?[..] else { return Err("unknown".into()) };
        let others: Vec<&str> = self.runs.iter().filter(|run| !run.counts).map(|run| run.name).collect();
        let named: Vec<&str> = self.list(names)?.iter().map(|run| run.name).collect();
        holds(others == named && value == others.len() as f64, "others did other work")
    }

    pub(super) fn sleep(&self, value: f64, text: &str) -> Result<(), String> {
        let said = filled("Sleep overlaps{}: {} of it took {} with {}.", text).ok_or("unknown")?;
        let run = self.runs.iter().find(|run| run.with == said[3]).ok_or("it did not run")?;
        let overlaps = |run: &Run| !alike(run.any_us("sleep"), run.all_us("sleep"), self.step_us);
        holds(run.counts && overlaps(run), "it did not")?;
        self.says_time(&said[1], run.all_us("sleep"))?;
        self.says_time(&said[2], run.any_us("sleep"))?;
        holds(near(value, run.overlap()), "not that ratio")?;
        let one_core = |run: &Run| self.cores_of(run) == 1.0;
        holds(
            if one_core(run) { said[0] == ", even on one core" } else { said[0].is_empty() },
            "not on so many cores",
        )?;
        let more =
            |other: &&Run| overlaps(other) && one_core(other) >= one_core(run) && other.overlap() > run.overlap();
        let on_fewer = |other: &&Run| overlaps(other) && one_core(other) && !one_core(run);
        holds(!self.counting().any(|other| more(&other) || on_fewer(&other)), "it did elsewhere, and more")
    }

    pub(super) fn computing(&self, value: f64, text: &str) -> Result<(), String> {
        let mut sentences = sentences(text).into_iter();
        let first = sentences.next().unwrap_or_default();
        let cpu = self.asked.cpu_us();
        let is = |text: &str, parts: f64| {
            let part = Range { low: cpu.low / parts, high: cpu.high / parts };
            holds(quantity(text).is_some_and(|(range, _)| range.meets(part)), "not that much computing")
        };
        holds(cpu.has(value * 1000.0), "not that much computing")?;
        let said =
            filled("Computing needs a core: {} of it take at least {} on one core{}.", first).ok_or("unknown")?;
        holds(said[0] == said[1], "not the same")?;
        is(&said[0], 1.0)?;
        if self.cores > 1.0 {
            let shared = filled(", {} on {} cores", &said[2]).ok_or("unknown, or there are more cores")?;
            holds(shared[1] == format!("{}", self.cores), "not so many cores")?;
            is(&shared[0], self.cores)?;
        } else {
            holds(said[2].is_empty(), "there is one core")?;
        }
        let least_us = value * 1000.0;
        holds(self.counting().all(|run| up_to(least_us / self.cores_of(run), run.wall_us)), "one took less")?;
        let only_several = match sentences.next() {
            None => false,
            Some("Only modes that use several cores were faster than sequential.") => true,
            Some(_) => return Err("unknown".to_owned()),
        };
        holds(only_several == self.only_several_gained(), "others were faster, or none")
    }

    fn only_several_gained(&self) -> bool {
        let Some(base) = self.sequential() else { return false };
        let others = || self.counting().filter(|run| run.slug != base.slug);
        let one_core: Vec<&Run> = others().filter(|run| self.cores_of(run) == 1.0).collect();
        let gained = |run: &&Run| self.faster(run, base);
        !one_core.is_empty() && !one_core.iter().any(gained) && others().any(|run| gained(&run))
    }

    pub(super) fn work(&self, value: f64, text: &str) -> Result<(), String> {
        let said = filled("{}: {} of sleep, {} of computing.", text).ok_or("unknown")?;
        let (sleep, cpu) = (self.asked.sleep_us(), self.asked.cpu_us());
        let overlaps = |text: &str, of: Range| quantity(text).is_some_and(|(range, _)| range.meets(of));
        holds(overlaps(&said[1], sleep) && overlaps(&said[2], cpu), "not that much work")?;
        holds(
            match said[0].as_str() {
                "Most of this work is sleep" => value > 0.5,
                "Most of this work is computing" => value < 0.5,
                "The tasks sleep and compute" => value > 0.0 && value < 1.0,
                _ => false,
            },
            "not that kind of work",
        )
    }

    /// `Thread per task lost 81.0 ms of its 361 ms, 63.0 ms to starting threads.`
    pub(super) fn lost(&self, value: f64, text: &str, findings: &[Value]) -> Result<(), String> {
        let row_of = |slug: &str| {
            let of = |finding: &&Value| {
                finding["id"]
                    .as_str()
                    .and_then(|id| id.split_once(':'))
                    .is_some_and(|(kind, of)| of == slug && matches!(kind, "speedup" | "wall"))
            };
            findings.iter().find(of).and_then(|finding| finding["text"].as_str()).unwrap_or_default()
        };
        let modes: Vec<&str> = text.strip_suffix('.').ok_or("unknown")?.split("; ").collect();
        let mut most = Range { low: 0.0, high: 0.0 };
        for (place, said) in modes.iter().enumerate() {
            let said = filled("{} lost {} of its {}, {}", said).ok_or("unknown")?;
            let run = self.called(&said[0])?;
            self.says_time(&said[2], run.wall_us)?;
            let in_row = match said[3].as_str() {
                "to nothing that stands out" => format!("; {} more were lost, {}.", said[1], said[3]),
                cause => {
                    let cause = cause.strip_prefix("all").map_or_else(|| cause.to_owned(), |to| said[1].clone() + to);
                    format!("; {} more were lost: {cause}", said[1])
                }
            };
            holds(row_of(run.slug).contains(&in_row), "its row says something else")?;
            let fastest = self.ends().is_some_and(|(fastest, _)| fastest.wall_us == run.wall_us);
            holds(place + 1 == modes.len() || fastest, "neither the fastest nor the one that lost most")?;
            most = quantity(&said[1]).ok_or("no time")?.0;
        }
        holds(modes.len() <= 2 && most.has(value * 1000.0), "not that much")?;
        let lost_in = |run: &Run| Some(quantity(row_of(run.slug).split_once(" at best; ")?.1)?.0);
        holds(self.runs.iter().filter_map(lost_in).all(|lost| up_to(lost.low, most.high)), "another lost more")
    }
}
