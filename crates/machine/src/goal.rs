//! Whether a reader who chooses the schedule has reached what the program dares them to.

use crate::directive::Goal;
use crate::explore::{Explorer, Kind, Question};
use crate::session::Session;

/// How many states are looked at to find out whether threads wait for ever.
const STATES: usize = 20_000;

impl Goal {
    /// Whether a session has reached it: now, or for a violation at any time.
    ///
    /// Whether threads wait for ever is found by a search from here, of up to 20,000 states.
    #[must_use]
    pub fn is_reached(&self, session: &Session) -> bool {
        let machine = session.machine();
        match self {
            Goal::End { address, value, .. } => machine.has_halted() && machine.cell(0, *address) == *value,
            Goal::Violation => !session.violated().is_empty(),
            Goal::Deadlock => {
                let question = Question { counts: false, states: STATES, ..Question::default() };
                let mut explorer = Explorer::new(machine, question);
                while explorer.advance(STATES) {}
                explorer.report().outcomes.iter().all(|outcome| outcome.kind == Kind::Deadlock)
            }
        }
    }
}
