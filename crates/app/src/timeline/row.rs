//! A row of the comparison.

use super::caption::{beside, label, result};
use super::paint::Lit;
use super::{Msg, RunPhase, RunView, Timelines, TimelinesProps, detail};
use crate::action::{Action, Change};
use yew::prelude::*;

impl Timelines {
    pub(super) fn view_row(&self, ctx: &Context<Self>, index: usize) -> Html {
        let (link, props, figure) = (ctx.link(), ctx.props(), &self.figures[index]);
        let (run, open, timer_us) = (&figure.run, figure.shape.open, props.timer_us);
        let press = link.callback(move |_: MouseEvent| Msg::Open(index));
        // Always a node, as the cover: yew would make what stands before one that comes or goes anew, and its focus would be lost.
        let detail = open.then(|| {
            let view = detail::View {
                figure,
                outcome: props.outcome.as_deref(),
                timer_us,
                program: props.sheet.programs.iter().any(|(slug, _)| *slug == run.slug),
                table: self.table,
                act: &props.act,
            };
            view.html(link)
        });
        let fastest = run.phase == RunPhase::Done
            && self.figures.iter().all(|other| other.run.phase != RunPhase::Done || other.run.wall_us >= run.wall_us);
        let (ratio, of) = beside(run);
        let is_ratio = (!ratio.is_empty()).then_some("ratio");
        let lit = match self.lit(props, run) {
            Lit::States(states) => Some(states.iter().map(|state| state.name()).collect::<Vec<_>>().join(" ")),
            Lit::Line(line) => Some(format!("line {line}")),
            Lit::All | Lit::Nothing => None,
        };
        html! {
            <figure class={classes!("run", run.phase.name(), open.then_some("open"), fastest.then_some("fastest"))}
                key={run.slug.clone()} data-run={run.slug.clone()} data-lit={lit} aria-expanded={open.to_string()}>
                <figcaption>
                    { props.ticks.as_ref().map(|control| self.tick(props, control, run)) }
                    <h2><button type="button" class="row" aria-expanded={open.to_string()} onclick={press}>{ &run.name }</button></h2>
                    { match self.why_off(props, run) {
                        Some(why) => html! { <span class="tag reason">{ why }</span> },
                        None => html! { <span class="tag">{ &run.tag }</span> },
                    } }
                </figcaption>
                <canvas class="lanes" ref={self.canvases[index].clone()} tabindex="0" role="application"
                    aria-roledescription="timeline" aria-label={label(run, timer_us)}
                    onclick={link.callback(move |_| Msg::Tap(index))}
                    onwheel={link.callback(move |event| Msg::Wheel(index, event))}
                    onpointerdown={link.callback(move |event| Msg::Press(index, event))}
                    onpointermove={link.callback(move |event| Msg::Move(index, event))}
                    onpointerup={link.callback(Msg::Release)}
                    onpointercancel={link.callback(Msg::Release)}
                    onpointerleave={link.callback(Msg::Release)}
                    onkeydown={link.callback(move |event| Msg::Key(index, event))}
                    onblur={link.callback(|_| Msg::Blur)}></canvas>
                { if run.is_live() && !open { html! { <i class="cover" ref={self.cover.clone()}></i> } } else { html! {} } }
                <p class="result"><strong>{ result(run, timer_us) }</strong>{ " " }<small class={is_ratio}>{ ratio }<span>{ of }</span></small></p>
                { detail.unwrap_or_default() }
            </figure>
        }
    }

    /// The box that says whether a run is to run.
    fn tick(&self, props: &TimelinesProps, control: &AttrValue, run: &RunView) -> Html {
        let ticked = props.values.ticks(control);
        let available = props.shared_memory || !run.needs_shared_memory;
        let chosen = ticked.contains(&run.slug);
        let last = chosen && ticked.len() == 1;
        let (of, slug) = (control.to_string(), run.slug.clone());
        let toggle = props.act.reform(move |_: Event| Action::Change(Change::Tick(of.clone(), slug.clone())));
        html! {
            <label class="tick" title={if last { "At least one must stay ticked." } else { "" }}>
                <input type="checkbox" name={format!("{control}-{}", run.slug)} aria-label={format!("Run {}", run.name)}
                    checked={chosen && available} disabled={!available || last} onchange={toggle} />
            </label>
        }
    }

    /// Why it cannot run.
    fn why_off(&self, props: &TimelinesProps, run: &RunView) -> Option<&'static str> {
        (run.needs_shared_memory && !props.shared_memory).then_some("needs shared memory")
    }
}
