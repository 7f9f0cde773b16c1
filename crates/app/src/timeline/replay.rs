//! All modes of a run played back side by side on one clock, from the recorded trace.

use interleave_trace::format::{duration, fixed};
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

/// Where the playback is.
#[derive(Debug)]
pub(super) struct Replay {
    /// `None` when all of the run is shown.
    clock_us: Option<f64>,
    /// The last frame's time in milliseconds, while it plays.
    playing_since_ms: Option<f64>,
    playing: bool,
    speed: f64,
}

impl Default for Replay {
    fn default() -> Replay {
        Replay { clock_us: None, playing_since_ms: None, playing: false, speed: 1.0 }
    }
}

/// What the buttons ask for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Command {
    /// Play, or pause.
    Toggle,
    /// Go to this time, in microseconds.
    Seek(f64),
    /// Play at this many times the real speed.
    Speed(f64),
}

/// The speeds to choose from.
const SPEEDS: [(f64, &str); 5] = [(0.05, "1/20 ×"), (0.1, "1/10 ×"), (0.25, "1/4 ×"), (1.0, "1 ×"), (2.0, "2 ×")];

impl Replay {
    pub(super) fn clock_us(&self) -> Option<f64> {
        self.clock_us
    }

    pub(super) fn command(&mut self, command: Command, whole_us: f64) {
        match command {
            Command::Toggle => {
                self.playing = !self.playing;
                self.playing_since_ms = None;
                if self.playing && self.clock_us.is_none_or(|clock_us| clock_us >= whole_us) {
                    self.clock_us = Some(0.0);
                }
            }
            Command::Seek(at_us) => {
                self.playing = false;
                self.clock_us = (at_us < whole_us).then_some(at_us);
            }
            Command::Speed(speed) => self.speed = speed,
        }
    }

    /// Moves the clock to the frame at `time_ms`; returns whether it still plays.
    pub(super) fn advance(&mut self, time_ms: f64, whole_us: f64) -> bool {
        if !self.playing {
            return false;
        }
        let passed_ms = time_ms - self.playing_since_ms.replace(time_ms).unwrap_or(time_ms);
        let clock_us = self.clock_us.unwrap_or(0.0) + passed_ms * 1000.0 * self.speed;
        // At the end, everything is shown again.
        self.playing = clock_us < whole_us;
        self.clock_us = self.playing.then_some(clock_us);
        true
    }

    /// Its buttons; off unless there is something to play back, so that nothing moves when there is.
    pub(super) fn view(&self, whole_us: f64, timer_us: f64, on: bool, command: &Callback<Command>) -> Html {
        let toggle = command.reform(|_: MouseEvent| Command::Toggle);
        let seek = command.reform(|event: InputEvent| {
            let input = event.target().and_then(|target| target.dyn_into::<HtmlInputElement>().ok());
            Command::Seek(input.map_or(0.0, |input| input.value_as_number()) * 1000.0)
        });
        let speed = command.reform(|event: Event| {
            let select = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
            let label = select.map(|select| select.value());
            let chosen = SPEEDS.into_iter().find(|(_, known)| Some(*known) == label.as_deref());
            Command::Speed(chosen.map_or(1.0, |(speed, _)| speed))
        });
        let at_us = self.clock_us.unwrap_or(whole_us);
        let options = SPEEDS.iter().map(|(speed, label)| {
            html! { <option value={*label} selected={*speed == self.speed}>{ *label }</option> }
        });
        html! {
            <div class="replay" role="group" aria-label="Replay">
                <button type="button" class="play" disabled={!on} onclick={toggle}>{ if self.playing { "Pause" } else { "Replay" } }</button>
                <input type="range" aria-label="Time" min="0" disabled={!on} max={fixed(whole_us / 1000.0, 3)} step="any"
                    value={fixed(at_us / 1000.0, 3)} aria-valuetext={duration(at_us, timer_us)} oninput={seek} />
                <span class="time">{ if on { duration(at_us, timer_us) } else { String::new() } }</span>
                <label>{ "Speed " }<select disabled={!on} onchange={speed}>{ for options }</select></label>
            </div>
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_plays_at_the_chosen_speed_and_ends_with_everything_shown() {
        let mut replay = Replay::default();
        replay.command(Command::Speed(0.1), 1000.0);
        replay.command(Command::Toggle, 1000.0);
        let frames = [5.0, 10.0, 14.0, 16.0, 20.0].map(|time_ms| (replay.advance(time_ms, 1000.0), replay.clock_us()));
        let expected = [(true, Some(0.0)), (true, Some(500.0)), (true, Some(900.0)), (true, None), (false, None)];
        assert_eq!(frames, expected);
    }

    #[test]
    fn pausing_keeps_the_place_and_seeking_to_the_end_shows_everything() {
        let mut replay = Replay::default();
        replay.command(Command::Seek(300.0), 1000.0);
        assert_eq!(replay.clock_us(), Some(300.0));
        replay.command(Command::Toggle, 1000.0);
        replay.advance(1.0, 1000.0);
        replay.command(Command::Toggle, 1000.0);
        assert!(!replay.advance(2.0, 1000.0));
        assert_eq!(replay.clock_us(), Some(300.0));
        replay.command(Command::Seek(1000.0), 1000.0);
        assert_eq!(replay.clock_us(), None);
    }
}
