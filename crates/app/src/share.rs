//! Link, frame and element for sharing the settings, with a preview.

use crate::download::Copy;
use crate::handle::Handle;
use crate::packing::packed;
use interleave_labs::query::{Flags, Theme};
use interleave_labs::{Control, Sheet, Values};
use web_sys::HtmlDialogElement;
use yew::prelude::*;

/// What is shared.
#[derive(PartialEq, Properties)]
pub struct ShareProps {
    /// The lab.
    pub sheet: Handle<Sheet>,
    /// The settings in force.
    pub values: Handle<Values>,
    /// How often texts have been packed for the URL.
    pub packed: u32,
    /// The colours in force.
    pub theme: Theme,
}

/// A button, and the dialog that it opens.
#[derive(Default)]
pub struct Share {
    dialog: NodeRef,
    open: bool,
}

/// The dialog's messages.
pub enum Msg {
    /// Show it.
    Show,
    /// Close it.
    Close,
    /// It has been closed.
    Closed,
}

impl Component for Share {
    type Message = Msg;
    type Properties = ShareProps;

    fn create(_ctx: &Context<Self>) -> Self {
        Share::default()
    }

    fn update(&mut self, _ctx: &Context<Self>, msg: Msg) -> bool {
        match (msg, self.dialog.cast::<HtmlDialogElement>()) {
            (Msg::Show, Some(dialog)) => {
                // This fails only if it is already open.
                let _ = dialog.show_modal();
                self.open = true;
            }
            (Msg::Close, Some(dialog)) => dialog.close(),
            (Msg::Closed, _) => self.open = false,
            (_, None) => {}
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let link = ctx.link();
        html! {
            <div class="share">
                <button type="button" onclick={link.callback(|_| Msg::Show)}>{ "Share or embed" }</button>
                <dialog ref={self.dialog.clone()} aria-labelledby="share-title" onclose={link.callback(|_| Msg::Closed)}>
                    <div class="dialog-head">
                        <h2 id="share-title">{ "Share these settings" }</h2>
                        <button type="button" onclick={link.callback(|_| Msg::Close)}>{ "Close" }</button>
                    </div>
                    { self.open.then(|| content(ctx.props())) }
                </dialog>
            </div>
        }
    }
}

fn content(props: &ShareProps) -> Html {
    let snippets = Snippets::new(&page_address(), props, &packed);
    let part = |id: &'static str, label: &'static str, what: &'static str, text: String, rows: &'static str| {
        let text: AttrValue = text.into();
        html! {
            <section>
                <label for={id}>{ label }</label>
                <p>{ what }</p>
                <textarea {id} readonly=true {rows} value={text.clone()} />
                <Copy {text} label="Copy" />
            </section>
        }
    };
    html! {
        <>
            { part("share-link", "Link", "Opens this page with these settings.", snippets.link, "2") }
            { part("share-element", "On a page, with a script", "A small button until the reader presses it; then its \
                height follows the content.", snippets.element, "4") }
            { part("share-frame", "On a page, without a script", "Loads with the page, with a fixed height.", snippets.frame, "4") }
            <section>
                <h3>{ "How it looks there" }</h3>
                <iframe src={snippets.embed} title="Preview of the embedded lab" height="420"></iframe>
            </section>
        </>
    }
}

/// The address of this page without query and fragment.
fn page_address() -> String {
    let address = web_sys::window().and_then(|window| window.location().href().ok()).unwrap_or_default();
    address.split(['?', '#']).next().unwrap_or_default().to_owned()
}

/// What to paste somewhere else.
#[derive(Debug, PartialEq)]
struct Snippets {
    link: String,
    /// The address within a frame.
    embed: String,
    frame: String,
    element: String,
}

impl Snippets {
    /// Texts as `packed` says, if it does.
    fn new(page: &str, props: &ShareProps, packed: &dyn Fn(&str) -> Option<String>) -> Snippets {
        let ShareProps { sheet, values, theme, .. } = props;
        let theme = *theme;
        let link = format!("{page}?{}", values.to_link(&sheet.slug, packed));
        let flags = Flags { embed: true, theme, ..Flags::default() };
        let embed = format!("{link}{}", flags.to_query());
        let frame = format!(
            "<iframe src=\"{}\" title=\"Interleave: {}\" width=\"100%\" height=\"900\" style=\"border:0\" loading=\"lazy\" \
             allow=\"cross-origin-isolated; clipboard-write\"></iframe>",
            escaped(&embed),
            sheet.question
        );
        let folder = page.rsplit_once('/').map_or(page, |(folder, _)| folder);
        // The query's names are the element's attributes. Defaults are left out, except for the main controls.
        let said = |name: &str| {
            let main = |control: &Control| !control.more && control.options().is_empty();
            sheet
                .control(name)
                .is_none_or(|control| main(control) || values.get(name) != Some(&control.default_value()))
        };
        let attributes: String = [("lab", sheet.slug.clone())]
            .into_iter()
            .chain(values.arguments(packed).filter(|(name, _)| said(name)))
            .chain((theme != Theme::Auto).then(|| ("theme", theme.name().to_owned())))
            .map(|(name, value)| format!(" {name}=\"{}\"", escaped(&value)))
            .collect();
        let element = format!(
            "<script async src=\"{}/embed.js\"></script>\n<interleave-lab{attributes}>\n  <a href=\"{}\">{}</a>\n</interleave-lab>",
            escaped(folder),
            escaped(&link),
            sheet.question
        );
        Snippets { link, embed, frame, element }
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn snippets(lab: &interleave_labs::Entry, query: &str) -> Snippets {
        let sheet = Handle::new(lab.sheet());
        let values = Handle::new(Values::from_query(&sheet.controls, query).0);
        let packed = |text: &str| (text == "a long text").then(|| "~packed".to_owned());
        let props = ShareProps { sheet, values, packed: 0, theme: Theme::Dark };
        Snippets::new("https://example.org/interleave/", &props, &packed)
    }

    #[test]
    fn a_text_is_itself_in_an_attribute_encoded_in_a_link_and_packed_in_both() {
        let has_text = |control: &Control| control.is_code();
        let labs = interleave_labs::LABS.iter();
        let (lab, name) =
            labs.filter_map(|lab| Some((lab, lab.sheet().controls.into_iter().find(has_text)?.name))).next().unwrap();
        let short = snippets(lab, &format!("{name}=a%2B%22%3C%0Ab"));
        assert!(short.link.contains(&format!("&{name}=a%2B%22%3C%0Ab&")), "{}", short.link);
        assert!(short.element.contains(&format!(" {name}=\"a+&quot;&lt;\nb\"")), "{}", short.element);
        let long = snippets(lab, &format!("{name}=a+long+text"));
        assert!(long.link.contains(&format!("&{name}=~packed&")), "{}", long.link);
        assert!(long.element.contains(&format!(" {name}=\"~packed\"")), "{}", long.element);
        assert!(long.frame.contains(&format!("&amp;{name}=~packed&amp;")), "{}", long.frame);
    }

    #[test]
    fn snippets_carry_the_settings() {
        let snippets = snippets(&interleave_labs::LABS[0], "tasks=3&plan=s20%2Bc10&modes=pool");
        assert!(snippets.link.starts_with("https://example.org/interleave/?lab=compare&tasks="), "{}", snippets.link);
        assert!(snippets.embed.ends_with("&embed&theme=dark"), "{}", snippets.embed);
        assert!(snippets.frame.contains("&amp;embed&amp;theme=dark\""), "{}", snippets.frame);
        let element = &snippets.element;
        assert!(element.contains("src=\"https://example.org/interleave/embed.js\""), "{element}");
        assert!(!element.contains(" quantum="), "{element}");
        assert!(element.contains(" plan=\"s20+c10\"") && element.contains(" theme=\"dark\""), "{element}");
        assert!(element.contains(" modes=\"pool\"") && element.contains(" lab=\"compare\""), "{element}");
    }
}
