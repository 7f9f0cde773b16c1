//! Where the page runs: whether threads can share memory here, and why. `static/boot.js` finds out before the app
//! starts.

use interleave_labs::result::Memory;
use interleave_trace::format::plain;
use yew::prelude::*;

/// Whether threads can share memory here, and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// One for all threads, one for each worker, or no workers.
    pub memory: Memory,
    /// The reason.
    pub why: Why,
}

/// Why threads can share memory here, or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The page is cross-origin isolated.
    Isolated,
    /// The browser does not share memory, although the page did everything it takes.
    Browser,
    /// The page did not come over https.
    Insecure,
    /// Neither the server nor a service worker sends the headers.
    NoServiceWorker,
    /// The page is in another site's frame, which this browser cannot isolate.
    Frame,
    /// The frame has no origin, and so no workers.
    Sandbox,
    /// The page is in the browser that an app brings with it: Android's WebView isolates nothing.
    App,
}

impl Place {
    /// Reads what `boot.js` wrote on the document's root.
    #[must_use]
    pub fn read() -> Place {
        let root = web_sys::window().and_then(|window| window.document()).and_then(|page| page.document_element());
        let attribute = |name: &str| root.as_ref().and_then(|root| root.get_attribute(name)).unwrap_or_default();
        Place::from_words(&attribute("data-memory"), &attribute("data-why"))
    }

    fn from_words(memory: &str, why: &str) -> Place {
        let memory = match memory {
            "shared" => Memory::Shared,
            "none" => Memory::None,
            _ => Memory::Separate,
        };
        let why = match why {
            "isolated" => Why::Isolated,
            "insecure" => Why::Insecure,
            "no-service-worker" => Why::NoServiceWorker,
            "frame" => Why::Frame,
            "sandbox" => Why::Sandbox,
            "app" => Why::App,
            _ => Why::Browser,
        };
        Place { memory, why }
    }

    /// What runs here, in two words.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self.memory {
            Memory::Shared => "Shared memory",
            Memory::Separate => "Separate memories",
            Memory::None => "No workers",
        }
    }

    /// What runs here, for a reader.
    #[must_use]
    pub fn what_runs(self) -> &'static str {
        match self.memory {
            Memory::Shared => "Threads can share memory here, so everything runs.",
            Memory::Separate => {
                "Threads cannot share memory here, so everything that needs that is switched off. The rest runs for real."
            }
            Memory::None => {
                "No threads can be started here, so nothing can be measured. What you see was recorded elsewhere."
            }
        }
    }
}

impl Why {
    /// Whether a tab of its own would help.
    #[must_use]
    pub fn is_the_frame(self) -> bool {
        matches!(self, Why::Frame | Why::Sandbox)
    }

    /// The reason, for a reader.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Why::Isolated => "The page is cross-origin isolated: browsers let threads share memory only in such pages.",
            Why::Browser => {
                "This browser does not let workers share memory, although the page asks for it in every known way."
            }
            Why::Insecure => "The page was not loaded over https, and browsers share memory only in pages that were.",
            Why::NoServiceWorker => {
                "The server does not send the headers that isolate a page, and the browser refused the service worker \
                 that would add them, as some do in private windows."
            }
            Why::Frame => "The page is in another site’s frame, and this browser cannot isolate a frame.",
            Why::Sandbox => "The page is in a sandboxed frame, where browsers do not start workers.",
            Why::App => {
                "The page is shown within an app, and what apps on Android show pages with cannot share memory. Open it in a browser."
            }
        }
    }
}

/// What runs here and why, and the clock's step, folded away.
pub fn tier(place: Place, timer_us: Option<f64>) -> Html {
    let Place { memory: _, why } = place;
    let clock = match timer_us {
        Some(us) => {
            format!("The clock here has steps of {} µs; no time on this page is more precise.", plain(us))
        }
        None => "The clock's step is measured when the engine starts, before the first run.".to_owned(),
    };
    html! {
        <details class="tier">
            <summary>{ place.name() }</summary>
            <p>{ place.what_runs() }{ " " }{ why.text() }</p>
            <p>{ clock }</p>
        </details>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_the_boot_script_are_known() {
        let script = include_str!("../../../static/boot.js");
        for (memory, why) in script.match_indices("start('").map(|(at, _)| {
            let mut words = script[at + 7..].split('\'').step_by(2);
            (words.next().unwrap(), words.next().unwrap())
        }) {
            let place = Place::from_words(memory, why);
            assert!(memory == "separate" || place.memory != Memory::Separate, "{memory}");
            assert!(why == "browser" || place.why != Why::Browser, "{why}");
        }
        assert_eq!(Place::from_words("", "").memory, Memory::Separate);
    }
}
