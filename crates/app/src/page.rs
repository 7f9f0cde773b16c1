//! The whole page: holds the state, carries out effects, lays out the parts.

use crate::action::{Action, Change, Effect, Event};
use crate::client::Client;
use crate::contract;
use crate::controls::{Controls, editor, in_words};
use crate::desk;
use crate::exports::exports;
use crate::figures::FigureView;
use crate::findings::findings;
use crate::guess::guess;
use crate::handle::Handle;
use crate::lab;
use crate::packing::are_packed;
use crate::place::{Place, tier};
use crate::presets::presets;
use crate::program::Programs;
use crate::reduce::reduce;
use crate::room::Room;
use crate::run_bar::{run_button, status};
use crate::share::Share;
use crate::state::{Engine, Phase, Shown, Slot, Source, State};
use crate::timeline::Timelines;
use crate::turn::Turn;
use crate::visible::Watch;
use gloo_timers::callback::Timeout;
use interleave_labs::Sheet;
use interleave_labs::query::Theme;
use interleave_labs::result::Memory;
use interleave_labs::sheet::Blank;
use wasm_bindgen::prelude::*;
use web_sys::{HtmlElement, KeyboardEvent, ResizeObserver, Window};
use yew::prelude::*;

/// The URL follows the controls after this many milliseconds: browsers refuse to change it as fast as a slider moves.
const URL_DELAY_MS: u32 = 150;
/// What a reader types is checked this many milliseconds after the last key.
const CHECK_DELAY_MS: u32 = 300;

/// What the page shows.
#[derive(PartialEq, Properties)]
pub struct PageProps {
    /// The lab.
    pub sheet: Handle<Sheet>,
}

/// The page.
pub struct Page {
    state: State,
    client: Client,
    turn: Turn,
    act: Callback<Action>,
    change: Callback<Change>,
    url_timer: Option<Timeout>,
    check_timer: Option<Timeout>,
    latest_part: Option<Shown>,
    content: NodeRef,
    listeners: Vec<Closure<dyn FnMut(web_sys::Event)>>,
    watch: Option<Watch>,
    resized: Option<(ResizeObserver, Closure<dyn FnMut()>)>,
}

impl Component for Page {
    type Message = Action;
    type Properties = PageProps;

    fn create(ctx: &Context<Self>) -> Self {
        let query = lab::query();
        let slugs = lab::slugs();
        let labs: Vec<_> = slugs.iter().map(String::as_str).collect();
        let mut state = State::from_query(&query, ctx.props().sheet.clone(), &labs, Place::read());
        state.notices.change().extend(lab::refused_looks());
        apply_theme(state.flags.theme);
        if state.has_code() {
            editor::load();
        }
        let act = ctx.link().callback(|action| action);
        let client = Client::new(act.clone());
        if let Engine::Loading(part) = state.engine {
            client.load(part);
        }
        if let Some(report) = lab::recorded().filter(|_| state.place.memory == Memory::None) {
            act.emit(Action::Recorded(Box::new(report)));
        }
        Page {
            state,
            client,
            turn: Turn::default(),
            change: act.reform(Action::Change),
            act,
            url_timer: None,
            check_timer: None,
            latest_part: None,
            content: NodeRef::default(),
            listeners: Vec::new(),
            watch: None,
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
        let of_outcome = state.outcome.as_ref().map(|outcome| outcome.report.host.timer_us);
        let of_engine = if let Engine::Up(host, _) = &state.engine { Some(host.timer_us) } else { None };
        let measured_here = state.outcome.as_ref().is_none_or(|outcome| outcome.source == Source::Measured);
        // The step of the clock that measured what is shown.
        let timer_us = of_outcome.or(of_engine).unwrap_or(1.0);
        let here_us = of_engine.or(of_outcome.filter(|_| measured_here));
        html! {
            <div ref={self.content.clone()} class={classes!("page", state.flags.embed.then_some("embed"))}>
                <main id="main">
                    <div class="intro">
                        <h1>{ &state.sheet.question }</h1>
                        { chrome.then(|| html! { <p class="lead">{ &state.sheet.lead }</p> }) }
                    </div>
                    { self.settings() }
                    <div class="reveal">{ status(state) }{ self.guess_or_headline() }</div>
                    { self.work(timer_us) }
                    { self.from(Shown::Figures, || self.figures(timer_us, &|place| place == 0)) }
                    { self.from(Shown::All, || if chrome { self.rest(timer_us, here_us) } else { html! {
                        <details class="rest">
                            <summary>{ "What it shows" }</summary>
                            { self.rest(timer_us, here_us) }
                        </details>
                    } }) }
                    { self.place() }
                    { self.notices() }
                </main>
            </div>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        if first && let Some(window) = web_sys::window() {
            self.listen(ctx, &window);
            // Where nothing can be measured, a recorded run is shown already.
            if self.state.phase != Phase::Booting && !std::mem::replace(&mut self.state.announced, true) {
                contract::emit(&Event::Ready);
            }
        }
        let shown = self.state.shown;
        if self.latest_part.replace(shown) == Some(shown) {
            return;
        }
        let act = self.act.clone();
        if shown < Shown::All {
            Timeout::new(0, move || act.emit(Action::ShowMore)).forget();
        } else if self.state.flags.autorun {
            // Not earlier: the page's first drawing would disturb the measurement.
            act.emit(Action::Run);
        }
    }
}

impl Page {
    /// A part of the page, once it is due. Always one node: yew matches siblings by position, and would rebuild those
    /// before a new one.
    fn from(&self, shown: Shown, part: impl FnOnce() -> Html) -> Html {
        if self.state.shown >= shown { part() } else { Html::default() }
    }

    fn carry_out(&mut self, effect: Effect) {
        match effect {
            Effect::Tell(word) => self.client.tell(&word),
            Effect::Ask(question) => desk::ask(question, self.act.clone()),
            Effect::AskTurn => self.turn.ask(&self.act),
            Effect::GiveTurn => self.turn.give_back(),
            Effect::Discard { unclean } => self.client.discard(unclean),
            Effect::Replace { unclean, part } => self.client.replace(unclean, part),
            Effect::Stop => self.client.stop(),
            Effect::CheckSoon => {
                let act = self.act.clone();
                self.check_timer = Some(Timeout::new(CHECK_DELAY_MS, move || act.emit(Action::Check)));
            }
            Effect::FollowUrl => self.follow_url(),
            Effect::FollowUrlAgain if self.url_timer.is_some() => self.follow_url(),
            Effect::FollowUrlAgain => {}
            Effect::ApplyTheme => apply_theme(self.state.flags.theme),
            Effect::Emit(event) => contract::emit(&event),
        }
    }

    /// After a moment. While a text is being packed nothing is done: that it is, is told.
    fn follow_url(&mut self) {
        let state = self.state.clone();
        let follow = move || {
            if are_packed(&state.values) {
                contract::follow_url(&contract::query(&state));
            }
        };
        self.url_timer = Some(Timeout::new(URL_DELAY_MS, follow));
    }

    /// Keys that work everywhere on the page, its end, and the height reported to a frame's parent.
    fn listen(&mut self, ctx: &Context<Self>, window: &Window) {
        let act = ctx.link().callback(|action| action);
        let on_key = Closure::new(move |event: web_sys::Event| {
            let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
            match event.key().as_str() {
                "Enter" if event.ctrl_key() || event.meta_key() => act.emit(Action::Run),
                "Escape" if !is_menu_open() => act.emit(Action::Stop),
                _ => {}
            }
        });
        let act = self.act.clone();
        let on_message = Closure::new(move |event: web_sys::Event| {
            if let Some(action) = event.dyn_ref().and_then(contract::command) {
                act.emit(action);
            }
        });
        let act = self.act.clone();
        let on_leave = Closure::new(move |_| act.emit(Action::Leave));
        for (name, listener) in [("keydown", on_key), ("message", on_message), ("pagehide", on_leave)] {
            let _ = window.add_event_listener_with_callback(name, listener.as_ref().unchecked_ref());
            self.listeners.push(listener);
        }
        if self.state.flags.embed
            && let Some(content) = self.content.cast::<HtmlElement>()
        {
            self.watch = Watch::start(&content, self.act.reform(Action::Visible));
        }
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

    /// What follows the figures: what they show, and what can be taken along.
    fn rest(&self, timer_us: f64, here_us: Option<f64>) -> Html {
        let state = &self.state;
        let chrome = !state.flags.embed;
        html! {
            <>
                { findings(state, self.ticks_in_rows().is_some(), &self.act) }
                { self.figures(timer_us, &|place| place > 0 && !self.is_beside_code(place)) }
                <div class="take">
                    { exports(state, &self.act) }
                    { chrome.then(|| html! { <Share sheet={state.sheet.clone()} values={state.values.clone()} packed={state.packed} theme={state.flags.theme} /> }) }
                </div>
                { tier(state.place, here_us) }
                { if chrome { html! {
                    <Programs sheet={state.sheet.clone()} written={state.written.clone()} act={self.act.clone()} asked={state.code.clone()} />
                } } else { html! {
                    <p class="full-page"><a href={self.full_page()} target="_blank" rel="noopener">{ "Open this in Interleave" }</a></p>
                } } }
            </>
        }
    }

    /// Where the reader writes code: that, and what stands beside it.
    fn work(&self, timer_us: f64) -> Html {
        let Some(editors) = self.controls().editors() else { return Html::default() };
        html! {
            <div class={classes!("work", (0..self.state.sheet.blanks.len()).any(|place| self.is_beside_code(place)).then_some("beside"))}>
                { editors }
                { self.from(Shown::Figures, || self.figures(timer_us, &|place| self.is_beside_code(place))) }
            </div>
        }
    }

    /// Whether the figure at this place of the sheet stands beside the code.
    fn is_beside_code(&self, place: usize) -> bool {
        let sheet = &self.state.sheet;
        matches!(sheet.blanks.get(place), Some(Blank::Beside { .. })) && sheet.has_editor()
    }

    /// Those of the figures that are at these places of the sheet.
    fn figures(&self, timer_us: f64, here: &dyn Fn(usize) -> bool) -> Html {
        let theme = self.state.flags.theme.name();
        let lab = AttrValue::from(self.state.sheet.slug.clone());
        let off = !self.state.takes_presses();
        let figure = |(place, slot): (usize, &Slot)| match slot {
            Slot::Timeline { title, caption, ticks, runs } => html! {
                <div key={place}>
                    { (!title.is_empty()).then(|| html! { <h2>{ title }</h2> }) }
                    { (!caption.is_empty()).then(|| html! { <p class="caption">{ caption }</p> }) }
                    <Timelines runs={runs.clone()} {timer_us} {theme} sheet={self.state.sheet.clone()} ticks={ticks.clone().map(AttrValue::from)} values={self.state.values.clone()}
                        shared_memory={self.state.place.memory != Memory::Separate} outcome={self.state.outcome.clone()}
                        lit={self.state.lit.clone()} line={self.state.line_of_run()} act={self.act.clone()} />
                </div>
            },
            Slot::Figure(figure) => {
                html! { <FigureView key={place} figure={figure.clone()} lab={lab.clone()} outcome={self.state.outcome.clone()} {off} act={self.act.clone()} /> }
            }
            Slot::Room { title, caption, height } => {
                html! { <Room key={place} title={title.clone()} caption={caption.clone()} height={*height} /> }
            }
        };
        let figures = self.state.figures.iter().enumerate().filter(|(place, _)| here(*place));
        html! { <div class="figures">{ for figures.map(figure) }</div> }
    }

    fn controls(&self) -> Controls<'_> {
        let state = &self.state;
        Controls {
            sheet: &state.sheet,
            values: &state.values,
            change: &self.change,
            in_rows: self.ticks_in_rows(),
            shared_memory: state.place.memory != Memory::Separate,
            marks: &state.marks,
            line: state.line_of_run(),
        }
    }

    /// The settings in a strip, Run beside them. On a narrow page they can be folded into a line.
    fn settings(&self) -> Html {
        let state = &self.state;
        let (sheet, values, change, folded) = (&state.sheet, &state.values, &self.change, state.folded);
        let controls = self.controls();
        let more = sheet.controls.iter().any(|control| control.more).then(|| {
            html! {
                <details class="more">
                    <summary>{ "More" }<span class="visually-hidden">{ " settings" }</span></summary>
                    <div class="panel">{ self.from(Shown::All, || controls.view(true)) }</div>
                </details>
            }
        });
        html! {
            <form class={classes!("settings", folded.then_some("folded"))} aria-label="Settings"
                onsubmit={|event: SubmitEvent| event.prevent_default()}>
                <button type="button" class="fold" aria-expanded={(!folded).to_string()}
                    onclick={self.act.reform(move |_| Action::Fold(!folded))}>{ in_words(sheet, values) }</button>
                { controls.view(false) }
                { more }
                { run_button(&state.phase, state.can_run(), &self.act) }
                { presets(sheet, values, change) }
            </form>
        }
    }

    /// The control whose boxes stand in the rows of the first figure.
    fn ticks_in_rows(&self) -> Option<&str> {
        match self.state.figures.first() {
            Some(Slot::Timeline { ticks, .. }) => ticks.as_deref(),
            _ => None,
        }
    }

    /// The URL of the whole page, with the same settings.
    fn full_page(&self) -> String {
        let mut state = self.state.clone();
        state.flags.embed = false;
        state.flags.autorun = false;
        // Those of the page around this one.
        state.flags.looks.clear();
        contract::query(&state)
    }

    /// The guess before the run, and in the same place its score.
    fn guess_or_headline(&self) -> Html {
        let state = &self.state;
        if state.asks_for_guess() {
            return guess(state, &self.act);
        }
        let Some(outcome) = &state.outcome else { return html! {} };
        match &outcome.source {
            Source::Measured => {}
            Source::Recorded => {
                return html! { <p class="score recorded">{ "A recorded run, measured elsewhere: nothing can be measured in this frame." }</p> };
            }
            Source::File(name) => {
                return html! { <p class="score recorded">{ format!("Somebody else’s run, from “{name}”: not measured here.") }</p> };
            }
        }
        let report = &outcome.report;
        let headline = state.headline().map(|text| html! { <p class="headline">{ text }</p> });
        let score = match &report.score {
            Some(score) if score.right => html! { <p class="score right">{ &score.text }</p> },
            Some(score) => html! { <p class="score">{ &score.text }</p> },
            None => html! {},
        };
        html! { <>{ headline }{ score }</> }
    }

    /// What does not run here, and why.
    fn place(&self) -> Html {
        let place = self.state.place;
        if place.memory == Memory::Shared {
            return html! {};
        }
        let elsewhere = "Open the page in a tab of its own";
        html! {
            <p class="place">{ place.what_runs() }{ " " }{ place.why.text() }{ " " }
                { place.why.is_the_frame().then(|| html! {
                    <a href={self.full_page()} target="_blank" rel="noopener">{ elsewhere }</a>
                }) }
            </p>
        }
    }

    /// What had to be corrected: over the page's lower edge, where it pushes nothing away.
    fn notices(&self) -> Html {
        let notices = &self.state.notices;
        let dismiss = self.act.reform(|_: MouseEvent| Action::DismissNotices);
        html! {
            <div class="notices" role="status">
                { for notices.iter().map(|notice| html! { <p data-argument={notice.argument.clone()}>{ &notice.text }</p> }) }
                { (!notices.is_empty()).then(|| html! { <button type="button" onclick={dismiss}>{ "Dismiss" }</button> }) }
            </div>
        }
    }
}

/// Whether Escape closes a menu or a dialog.
fn is_menu_open() -> bool {
    let document = web_sys::window().and_then(|window| window.document());
    let open = |css| document.as_ref().is_some_and(|document| matches!(document.query_selector(css), Ok(Some(_))));
    // A browser that knows no popovers refuses to look for one.
    open(":popover-open") || open("dialog[open]")
}

fn apply_theme(theme: Theme) {
    let root = web_sys::window().and_then(|window| window.document()).and_then(|document| document.document_element());
    if let Some(root) = root {
        let _ = root.set_attribute("data-theme", theme.name());
    }
}
