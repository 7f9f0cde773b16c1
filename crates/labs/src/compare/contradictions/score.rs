//! Whether the words of a score agree with the headline.

use super::words::{filled, sentences};
use super::{Sceptic, holds};

impl Sceptic {
    pub(super) fn score(&self, score: &str, headline: Option<&str>) -> Result<(), String> {
        let headline = headline.ok_or("a score without a headline")?;
        let sentences = sentences(score);
        let [first, second] = sentences[..] else { return Err("unknown".to_owned()) };
        if let Some(alike) =
            ["All modes took", "All but sequential took"].iter().find(|alike| headline.starts_with(**alike))
        {
            let alike = format!("{} about the same time.", alike.replacen('A', "a", 1));
            let expected = first.strip_suffix(&alike).ok_or("the headline names none")?;
            let right = match filled("You expected {}; ", expected) {
                Some(said) => alike.starts_with("all but") && said[0] == "Sequential",
                None => expected == "You were right: ",
            };
            holds(right || alike.starts_with("all modes"), "the headline says something else")?;
        } else {
            let fastest = filled("{} won:{}", headline).ok_or("the headline names none")?[0].clone();
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
