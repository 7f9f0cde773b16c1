//! A board: what there is to say, its panes, and its buttons, by pointer and by key.

use crate::action::Action;
use crate::handle::Handle;
use gloo_timers::callback::Interval;
use interleave_trace::figure::{Button, Rendered, View};
use web_sys::KeyboardEvent;
use yew::prelude::*;

/// The board to show.
#[derive(PartialEq, Properties)]
pub struct BoardProps {
    /// It changes with each press.
    pub figure: Handle<Rendered>,
    /// Whether nothing can be pressed now.
    pub off: bool,
    /// Takes presses.
    pub act: Callback<Action>,
}

/// A board.
#[derive(Default)]
pub struct BoardView {
    /// Which button presses itself, and what makes it.
    playing: Option<(String, Interval)>,
}

/// A button, by its place.
pub struct Pushed(usize);

impl Component for BoardView {
    type Message = Pushed;
    type Properties = BoardProps;

    fn create(_ctx: &Context<Self>) -> Self {
        BoardView::default()
    }

    fn changed(&mut self, ctx: &Context<Self>, _old: &Self::Properties) -> bool {
        let BoardProps { figure, off, .. } = ctx.props();
        let goes_on = |label: &String| !off && buttons(figure).iter().any(|button| button.label == *label && button.on);
        self.playing.take_if(|(label, _)| !goes_on(label));
        true
    }

    fn update(&mut self, ctx: &Context<Self>, Pushed(place): Pushed) -> bool {
        let BoardProps { figure, off, act } = ctx.props();
        let Some(button) = buttons(figure).get(place).filter(|button| button.on && !off) else { return false };
        // Whatever is pressed ends what presses itself.
        let was = self.playing.take().map(|(label, _)| label);
        let press = Action::Press(button.press.clone());
        if button.every_ms == 0 {
            act.emit(press);
        } else if was.as_ref() != Some(&button.label) {
            let act = act.clone();
            let interval = Interval::new(button.every_ms, move || act.emit(press.clone()));
            self.playing = Some((button.label.clone(), interval));
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let BoardProps { figure, off, .. } = ctx.props();
        let View::Board(board) = &figure.view else { return Html::default() };
        let link = ctx.link();
        let buttons = board.buttons.iter().enumerate().map(|(place, button)| {
            let pressed = (button.every_ms > 0).then(|| self.is_playing(button).to_string());
            let hint = (!button.key.is_empty()).then(|| html! { <kbd>{ &button.key }</kbd> });
            // Off, but not disabled: whoever has it in focus keeps it, and its keys.
            let disabled = (*off || !button.on).to_string();
            html! {
                <button type="button" aria-disabled={disabled} aria-pressed={pressed} aria-keyshortcuts={button.key.clone()}
                    onclick={link.callback(move |_| Pushed(place))}>{ &button.label }{ hint }</button>
            }
        });
        let keys = figure.clone();
        let key = link.batch_callback(move |event: KeyboardEvent| {
            let with = event.ctrl_key() || event.meta_key() || event.alt_key();
            let place = self::buttons(&keys).iter().position(|button| button.key == event.key())?;
            (!with).then_some(Pushed(place))
        });
        html! {
            <div class="board" onkeydown={key} tabindex="0" role="group" aria-label="Board: its buttons have keys">
                <div class="said" aria-live="polite">{ Html::from_html_unchecked(board.said.clone().into()) }</div>
                <div class="buttons">{ for buttons }</div>
                { Html::from_html_unchecked(board.panes.clone().into()) }
            </div>
        }
    }
}

impl BoardView {
    fn is_playing(&self, button: &Button) -> bool {
        self.playing.as_ref().is_some_and(|(label, _)| *label == button.label)
    }
}

/// What can be pressed.
fn buttons(figure: &Rendered) -> &[Button] {
    if let View::Board(board) = &figure.view { &board.buttons } else { &[] }
}

/// Brings the board into sight.
pub(super) fn scroll_to() {
    let document = web_sys::window().and_then(|window| window.document());
    let board = document.and_then(|document| document.query_selector(".board").ok().flatten());
    board.iter().for_each(|board| board.scroll_into_view());
}
