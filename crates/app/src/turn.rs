//! One run at a time on this site: of several embeds or tabs, only one measures, because they would disturb each other.
//!
//! It uses a Web Lock, which the browser gives to whoever asks first, and takes back when a page closes.

use crate::action::Action;
use js_sys::{Function, Promise, Reflect};
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use yew::Callback;

const NAME: &str = "interleave run";

/// The page's turn: asked for, held, given back.
#[derive(Default)]
pub struct Turn {
    asked: Rc<Cell<u32>>,
    /// Releases the lock.
    release: Rc<RefCell<Option<Function>>>,
}

impl Turn {
    /// Asks for the turn; [`Action::Turn`] reports that it has come, which is at once if there are no locks.
    pub fn ask(&self, tell_page: &Callback<Action>) {
        self.give_back();
        let number = self.asked.get();
        let (asked, release, tell) = (self.asked.clone(), self.release.clone(), tell_page.clone());
        let granted = Closure::once_into_js(move |_lock: JsValue| {
            Promise::new(&mut |resolve, _| {
                if asked.get() == number {
                    *release.borrow_mut() = Some(resolve);
                    tell.emit(Action::Turn);
                } else {
                    // It is not wanted any more.
                    let _ = resolve.call0(&JsValue::NULL);
                }
            })
        });
        let (asked, tell) = (self.asked.clone(), tell_page.clone());
        match request(&granted) {
            Some(held) => spawn_local(async move {
                // Refused, so there is nobody to wait for.
                if JsFuture::from(held).await.is_err() && asked.get() == number {
                    tell.emit(Action::Turn);
                }
            }),
            None => tell.emit(Action::Turn),
        }
    }

    /// Gives the turn back, or withdraws the request.
    pub fn give_back(&self) {
        self.asked.set(self.asked.get().wrapping_add(1));
        if let Some(release) = self.release.borrow_mut().take() {
            let _ = release.call0(&JsValue::NULL);
        }
    }
}

/// `navigator.locks.request`, where there is one: pages that did not come over https have none.
fn request(granted: &JsValue) -> Option<Promise> {
    let locks = Reflect::get(&web_sys::window()?.navigator(), &"locks".into()).ok()?;
    let request: Function = Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
    request.call2(&locks, &NAME.into(), granted).ok()?.dyn_into().ok()
}
