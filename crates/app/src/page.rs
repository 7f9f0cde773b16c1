//! The page as a whole: holds the state, carries out effects, puts the parts in their places.

use crate::client::Client;
use crate::contract;
use crate::controls::Controls;
use crate::findings::Findings;
use crate::guess::Guess;
use crate::lesson::{Footer, Lesson};
use crate::modes::Modes;
use crate::plan_editor::PlanEditor;
use crate::presets::Presets;
use crate::reduce::reduce;
use crate::run_bar::RunBar;
use crate::state::{Action, Effect, Engine, State};
use crate::timeline::Timelines;
use gloo_timers::callback::Timeout;
use interleave_labs::LABS;
use interleave_labs::compare::{Args, LAB};
use interleave_labs::query::Theme;
use wasm_bindgen::prelude::*;
use web_sys::{HtmlElement, KeyboardEvent, ResizeObserver, Window};
use yew::prelude::*;

/// The address follows the controls this much later, in milliseconds: browsers refuse to change it at a slider's rate.
const URL_DELAY_MS: u32 = 150;

/// The page.
pub struct Page {
    state: State,
    client: Client,
    act: Callback<Action>,
    set: Callback<Args>,
    url_timer: Option<Timeout>,
    /// A plan from the URL is shown; after that the reader opens and closes it.
    begins_with_plan: bool,
    content: NodeRef,
    listeners: Vec<Closure<dyn FnMut(KeyboardEvent)>>,
    resized: Option<(ResizeObserver, Closure<dyn FnMut()>)>,
}

impl Component for Page {
    type Message = Action;
    type Properties = ();

    fn create(ctx: &Context<Self>) -> Self {
        let window = web_sys::window();
        let query = window.and_then(|window| window.location().search().ok()).unwrap_or_default();
        let state = State::from_query(&query, isolated());
        apply_theme(state.flags.theme);
        if state.flags.autorun {
            ctx.link().send_message(Action::Run);
        }
        let act = ctx.link().callback(|action| action);
        Page {
            begins_with_plan: state.args.plan.is_some(),
            state,
            client: Client::start(act.clone()),
            set: act.reform(Action::Set),
            act,
            url_timer: None,
            content: NodeRef::default(),
            listeners: Vec::new(),
            resized: None,
        }
    }

    fn update(&mut self, _ctx: &Context<Self>, action: Action) -> bool {
        let (state, effects) = reduce(&self.state, action);
        let changed = state != self.state;
        self.state = state;
        effects.into_iter().for_each(|effect| self.carry_out(effect));
        changed
    }

    fn view(&self, _ctx: &Context<Self>) -> Html {
        let state = &self.state;
        let chrome = !state.flags.embed;
        let timer_us = match &state.engine {
            Engine::Up(host) => host.timer_us,
            Engine::Absent | Engine::Loading | Engine::Ending => {
                state.outcome.as_ref().map_or(1.0, |outcome| outcome.result.host.timer_us)
            }
        };
        html! {
            <div ref={self.content.clone()} class={classes!("page", state.flags.embed.then_some("embed"))}>
                { chrome.then(|| self.header()) }
                <main id="main">
                    <div class="intro">
                        <h1>{ LAB.question }</h1>
                        { chrome.then(|| html! { <p class="lead">{ LEAD }</p> }) }
                    </div>
                    { self.notices() }
                    <div class="lab">
                        <form class="settings" aria-label="Settings" onsubmit={|event: SubmitEvent| event.prevent_default()}>
                            <Presets args={state.args.clone()} set={self.set.clone()} />
                            <Controls args={state.args.clone()} set={self.set.clone()} more={false} />
                            <Modes args={state.args.clone()} set={self.set.clone()} shared_memory={state.shared_memory} />
                            <details class="more" open={self.begins_with_plan}>
                                <summary>{ "More settings" }</summary>
                                <Controls args={state.args.clone()} set={self.set.clone()} more={true} />
                                <PlanEditor args={state.args.clone()} set={self.set.clone()} />
                            </details>
                        </form>
                        <div class="measured">
                            <RunBar phase={state.phase.clone()} act={self.act.clone()} outdated={state.outdated()} />
                            <div class="reveal">{ self.guess_or_headline() }</div>
                            <Timelines runs={state.runs.clone()} {timer_us} theme={state.flags.theme.name()} />
                            <Findings outcome={state.outcome.clone()} />
                        </div>
                    </div>
                    { chrome.then(|| html! { <Lesson /> }) }
                </main>
                { chrome.then(|| html! { <Footer /> }) }
            </div>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        if first && let Some(window) = web_sys::window() {
            self.listen(ctx, &window);
        }
    }
}

impl Page {
    fn carry_out(&mut self, effect: Effect) {
        match effect {
            Effect::Tell(word) => self.client.tell(&word),
            Effect::Discard { unclean } => self.client.discard(unclean),
            Effect::Replace { unclean } => self.client.replace(unclean),
            Effect::Stop => self.client.stop(),
            Effect::FollowUrl => {
                let query = contract::query(&self.state);
                self.url_timer = Some(Timeout::new(URL_DELAY_MS, move || contract::follow_url(&query)));
            }
            Effect::ApplyTheme => apply_theme(self.state.flags.theme),
            Effect::Emit(event) => contract::emit(&event),
        }
    }

    /// Keys that work everywhere on the page, and the height that a frame's parent is told.
    fn listen(&mut self, ctx: &Context<Self>, window: &Window) {
        let act = ctx.link().callback(|action| action);
        let on_key = Closure::new(move |event: KeyboardEvent| match event.key().as_str() {
            "Enter" if event.ctrl_key() || event.meta_key() => act.emit(Action::Run),
            "Escape" => act.emit(Action::Stop),
            _ => {}
        });
        let _ = window.add_event_listener_with_callback("keydown", on_key.as_ref().unchecked_ref());
        self.listeners.push(on_key);
        let Some(content) = self.content.cast::<HtmlElement>() else { return };
        let (watched, mut last) = (content.clone(), 0);
        let resized = Closure::new(move || {
            let height = watched.offset_height().unsigned_abs();
            if height != std::mem::replace(&mut last, height) {
                contract::emit_height(height);
            }
        });
        if let Ok(observer) = ResizeObserver::new(resized.as_ref().unchecked_ref()) {
            observer.observe(&content);
            self.resized = Some((observer, resized));
        }
    }

    fn header(&self) -> Html {
        let theme = self.state.flags.theme;
        let next =
            Theme::ALL[(Theme::ALL.iter().position(|known| *known == theme).unwrap_or(0) + 1) % Theme::ALL.len()];
        let act = self.act.clone();
        let labs = LABS.iter().map(|lab| {
            html! { <li><a href={format!("?lab={}", lab.slug)} aria-current="page">{ lab.slug }</a></li> }
        });
        html! {
            <header>
                <a class="skip" href="#main">{ "Skip to the lab" }</a>
                <a class="name" href="?">{ "Interleave" }</a>
                <nav aria-label="Labs"><ul>{ for labs }</ul></nav>
                <button type="button" class="theme" onclick={move |_| act.emit(Action::Theme(next))}>
                    { format!("Colours: {}", theme.name()) }
                </button>
            </header>
        }
    }

    /// The guess before the run, and in the same place what came of it.
    fn guess_or_headline(&self) -> Html {
        let state = &self.state;
        if state.asks_for_guess() {
            return html! { <Guess modes={state.modes()} guess={state.guess} act={self.act.clone()} /> };
        }
        let Some(outcome) = &state.outcome else { return html! {} };
        let headline = outcome.result.findings.first().map(|finding| finding.text.as_str());
        match &outcome.score {
            Some(score) if score.right_mode && score.right_factor => {
                html! { <p class="score right">{ &score.text }</p> }
            }
            Some(score) => html! { <p class="score">{ &score.text }</p> },
            None => html! { <p class="score">{ headline.unwrap_or_default().to_owned() }</p> },
        }
    }

    fn notices(&self) -> Html {
        let isolation = (!self.state.shared_memory).then(|| html! { <p>{ NOT_ISOLATED }</p> });
        let notices = &self.state.notices;
        let dismiss = self.act.reform(|_: MouseEvent| Action::DismissNotices);
        html! {
            <div class="notices" role="status">
                { isolation }
                { for notices.iter().map(|notice| html! { <p data-argument={notice.argument.clone()}>{ &notice.text }</p> }) }
                { (!notices.is_empty()).then(|| html! {
                    <button type="button" class="link" onclick={dismiss}>{ "Dismiss" }</button>
                }) }
            </div>
        }
    }
}

const LEAD: &str = "Set up some tasks, press Run, and see how long they take one after another, taking turns on one core, and on \
                    several cores at once: measured here, in your browser, on real threads.";

const NOT_ISOLATED: &str = "This page has no shared memory: its server does not send the headers for cross-origin isolation, or \
                            the browser cannot use them here. The modes that need it are switched off; for them, open the page where \
                            the headers are sent.";

/// Whether threads can share memory. WebKitGTK says that it is isolated, and has no `SharedArrayBuffer`.
fn isolated() -> bool {
    let has = |name: &str| js_sys::Reflect::get(&js_sys::global(), &name.into()).unwrap_or(JsValue::UNDEFINED);
    has("crossOriginIsolated").is_truthy() && !has("SharedArrayBuffer").is_undefined()
}

fn apply_theme(theme: Theme) {
    let root = web_sys::window().and_then(|window| window.document()).and_then(|document| document.document_element());
    if let Some(root) = root {
        let _ = root.set_attribute("data-theme", theme.name());
    }
}
