//! Whether the words of a score agree with the headline.

use super::words::{filled, sentences};
use super::{Sceptic, holds};

impl Sceptic {
    pub(super) fn score(&self, score: &str, headline: Option<&str>) -> Result<(), String> {
        let headline = headline.ok_or("a score without a headline")?;
        let sentences = sentences(score);
        let [first, second] = sentences[..] else { return Err("unknown".to_owned()) };
        let fastest = filled("{} won:{}", headline).map(|said| said[0].clone());
        if filled("{}: all modes took about the same time.", first)
            .or_else(|| filled("{}; all modes took about the same time.", first))
            .is_some()
        {
            holds(fastest.is_none(), "the headline names one")?;
        } else {
            let fastest = fastest.ok_or("the headline names none")?;
            let named = if let Some(said) = filled("You were right: {} was the fastest.", first) {
                said[0].clone()
            } else if let Some(said) = filled("You were right: {} was about as fast as the fastest, {}.", first) {
                let listed = filled("{} About as fast: {}.", headline).ok_or("the headline names no other")?;
                holds(listed[1].split(", ").any(|name| name == said[0]), "the headline does not name it")?;
                said[1].clone()
            } else {
                let said = filled("You expected {}; {} was the fastest.", first).ok_or("unknown")?;
                let about = headline.split_once("About as fast: ").map_or("", |(_, about)| about);
                holds(said[0] != fastest && !about.contains(&said[0]), "the headline names what was expected")?;
                said[1].clone()
            };
            holds(named == fastest, "the headline names another")?;
        }
        let said = filled("The fastest was {} as fast as the slowest, {}.", second).ok_or("unknown")?;
        let (fastest, slowest) = self.ends().ok_or("nothing ran")?;
        self.says_times(&said[0], slowest.wall_us, fastest.wall_us)
    }
}
