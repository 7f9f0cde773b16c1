//! Whether a reader can see the page: an embed may be far down a long post.

use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::{HtmlElement, IntersectionObserver, IntersectionObserverEntry};
use yew::Callback;

/// Watches until it is dropped.
pub struct Watch {
    observer: IntersectionObserver,
    _on_change: Closure<dyn FnMut(Array)>,
}

impl Watch {
    /// Reports whether any part of `element` is visible: now, and whenever that changes. `None` if the browser cannot
    /// tell.
    #[must_use]
    pub fn start(element: &HtmlElement, tell: Callback<bool>) -> Option<Watch> {
        let on_change = Closure::new(move |entries: Array| {
            // The last entry is the current state.
            if let Some(entry) = entries.pop().dyn_ref::<IntersectionObserverEntry>() {
                tell.emit(entry.is_intersecting());
            }
        });
        let observer = IntersectionObserver::new(on_change.as_ref().unchecked_ref()).ok()?;
        observer.observe(element);
        Some(Watch { observer, _on_change: on_change })
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}
