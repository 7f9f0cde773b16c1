//! Where a reader writes code: keys, mistakes, and a text that travels in the URL.

use crate::using::look;
use e2e::{Browser, Headers, Page, Site, from_xtask, set_screen, with_tab};
use interleave_labs::packed::pack;
use interleave_labs::{Control, Entry, LABS, Values};
use serde_json::json;
use std::cell::RefCell;
use std::fmt::Write;
use std::time::Duration;
use thirtyfour::prelude::*;

/// A lab in which the reader writes code, and the control for it.
fn lab() -> (&'static Entry, Control) {
    let code = |lab: &'static Entry| Some((lab, lab.sheet().controls.into_iter().find(Control::is_code)?));
    LABS.iter().find_map(code).expect("a lab with code")
}

/// Selects all of the text. Keys that are sent to what has no focus would go to its end.
async fn select_all(page: &Page) {
    page.script("const area = document.querySelector('.editor textarea'); area.focus(); area.select()").await;
}

/// Opens the lab with more of a query, and shows its editor.
async fn open(driver: &WebDriver, site: &Site, more: &str) -> Page {
    let page = Page::open(driver, &site.url(&format!("lab={}{more}", lab().0.slug))).await;
    shown(&page).await;
    page
}

/// Looks as a letter for each character, below their line: comments, keywords, names, numbers and text in quotes.
const PYTHON: &str = r#"@lock.held
nnnnnnnnnn
async def größe(n=1.5e-3, m=0xffe-1):  # why
kkkkk.kkk.nnnnn...nnnnnn....nnnnn.n....ccccc
    return None if n in f"a{n}\"b" else rb'#'
....kkkkkk.kkkk.kk...kk.qqqqqqqqqq.kkkk.qqqqq
class W(threading.Thread): pass
kkkkk.n....................kkkk
match = define; matched_def = 12_000j
..............................nnnnnnn
match word:
kkkkk......
a = '''one # \'''
....qqqqqqqqqqqqq
def """ two
qqqqqqqqqqq
'''; b = 'open <&
qqq......qqqqqqqq
if c: x
kk.....
"#;

/// The same of the other language.
const ASSEMBLY: &str = "\
.var count 2
kkkk.......n
  mov $-1, %ax  # load
..kkk.nnn..nnn..cccccc
.again
nnnnnn
test.x count(%bx,4)
kkkkkk.......nnn.n.
jne .again
kkk.nnnnnn
";

/// The looks of a text, as the editor colours it.
const GRID: &str = "
  let ends = '';
  return TEXT.map((line) => {
    const made = interleaveEditor.coloured(SYNTAX, line, ends, 0);
    ends = made.ends;
    const row = document.createElement('div');
    row.innerHTML = made.html;
    return [...row.childNodes].map((it) => (it.className?.[0] ?? '.').repeat([...it.textContent].length)).join('');
  });";

#[test]
fn code_is_coloured_by_its_language() {
    let site = Site::new(Headers::Isolated);
    with_tab(Browser::Chromium, async |driver| {
        let page = open(&driver, &site, "").await;
        for (syntax, grid) in [("py", PYTHON), ("asm", ASSEMBLY)] {
            let lines: Vec<&str> = grid.lines().collect();
            let (text, looks): (Vec<_>, Vec<_>) = lines.chunks(2).map(|pair| (pair[0], pair[1])).unzip();
            let script = GRID.replace("TEXT", &json!(text).to_string()).replace("SYNTAX", &json!(syntax).to_string());
            assert_eq!(page.script(&script).await, json!(looks), "{syntax}");
        }
    });
}

/// Changes the text at random, and compares what is drawn with what would be drawn anew. Gives back the texts where they differ.
const CHANGED: &str = r#"
  const area = document.querySelector('.editor textarea'), code = document.querySelector('.editor .coloured');
  let seed = 7;
  const random = (below) => (seed = (seed * 48271) % 2147483647) % below;
  const pieces = ['a', '\n', '\n', "'''", '# b', '"', "'", 'if', ' ', '<&>', '𝒳'];
  const wrong = [];
  for (let round = 0; round < 400; round++) {
    const text = area.value, [one, other] = [random(text.length + 1), random(text.length + 1)].sort((a, b) => a - b);
    const typed = Array.from({ length: random(6) }, () => pieces[random(pieces.length)]).join('');
    area.value = text.slice(0, one) + typed + text.slice(round % 3 ? one : other);
    let ends = '';
    const anew = area.value.split('\n').map((line) => {
      const made = interleaveEditor.coloured(area.parentElement.dataset.syntax, line, ends, 0);
      const row = document.createElement('div');
      row.innerHTML = made.html;
      ends = made.ends;
      return row.innerHTML;
    });
    if (JSON.stringify(anew) !== JSON.stringify([...code.children].map((row) => row.innerHTML))) wrong.push([text, area.value]);
  }
  return wrong;"#;

#[test]
fn what_is_drawn_after_any_changes_is_the_text_coloured_anew() {
    let site = Site::new(Headers::Isolated);
    with_tab(Browser::Chromium, async |driver| {
        let page = open(&driver, &site, "").await;
        for syntax in ["py", "asm"] {
            page.script(&format!("document.querySelector('interleave-editor').dataset.syntax = '{syntax}'")).await;
            page.script("document.querySelector('.editor textarea').value = ''").await;
            assert_eq!(page.script(CHANGED).await, json!([]), "{syntax}");
        }
    });
}

/// Texts in which what is selected stands between brackets, a key, and what it makes of them.
const KEYS: &[(&str, &str, &str)] = &[
    ("indent", "ab[]c", "ab  []c"),
    ("indent", "größe=\n    [x]y", "größe=\n        []y"),
    ("indent", "a\nb[b\n\nc]c\nd", "a\n[    bb\n\n    cc]\nd"),
    ("indent", "[a\n]b", "[    a]\nb"),
    ("outdent", "      a[b]c", "  a[b]c"),
    ("outdent", "x\n  [] a", "x\n[]a"),
    ("outdent", "\ta[]", "a[]"),
    ("outdent", "  a[\n     b\n]", "[a\n b]\n"),
    ("outdent", "a[]", "as it was"),
    ("newline", "  a[b]c", "  a\n  []c"),
    ("newline", "if a: []", "if a: \n    []"),
    ("newline", "  [] a:", "  \n  [] a:"),
    ("newline", "a[]", "as it was"),
];

const TYPED: &str = "
  const [key, given] = PAIR;
  const from = given.indexOf('['), to = given.indexOf(']') - 1, text = given.replace(/[[\\]]/g, '');
  const edit = interleaveEditor.KEYS[key](text, from, to, 'py');
  if (!edit) return 'as it was';
  const after = text.slice(0, edit.from) + edit.text + text.slice(edit.to), [one, other] = edit.selected;
  return `${after.slice(0, one)}[${after.slice(one, other)}]${after.slice(other)}`;";

#[test]
fn tab_and_enter_indent_and_select() {
    let site = Site::new(Headers::Isolated);
    with_tab(Browser::Chromium, async |driver| {
        let page = open(&driver, &site, "").await;
        for (key, given, typed) in KEYS {
            let made = page.script(&TYPED.replace("PAIR", &json!([key, given]).to_string())).await;
            assert_eq!(made, *typed, "{key} in {given:?}");
        }
    });
}

async fn shown(page: &Page) {
    page.script("for (let it = document.querySelector('.editor'); it; it = it.parentElement) if (it.tagName === 'DETAILS') it.open = true").await;
    page.wait_until("return !!document.querySelector('.editor .numbers')?.textContent", "the editor").await;
    page.script("document.querySelector('.editor textarea').focus()").await;
}

async fn press(page: &Page, keys: &[(&str, Key)]) {
    // Not to the element, which would put the caret at the end of its text.
    for (text, key) in keys {
        if !text.is_empty() {
            page.driver.action_chain().send_keys(*text).perform().await.unwrap();
        }
        page.driver.action_chain().send_keys(key.clone()).perform().await.unwrap();
    }
}

async fn value(page: &Page) -> String {
    let value = page.script("return document.querySelector('.editor textarea').value").await;
    value.as_str().expect("a text").to_owned()
}

/// What of the coloured text is not where the text itself is; nothing if all is.
const ASTRAY: &str = "
  const area = document.querySelector('.editor textarea'), code = document.querySelector('.editor .coloured');
  const rows = [...code.children], numbers = document.querySelector('.editor .numbers');
  const wrong = [];
  if (rows.map((row) => row.textContent).join('\\n') !== area.value) wrong.push('another text');
  if (numbers.textContent !== rows.map((_, at) => at + 1).join('\\n')) wrong.push('other numbers');
  if (area.scrollHeight > area.clientHeight || area.scrollWidth > area.clientWidth) wrong.push('the text scrolls by itself');
  const [a, b] = [getComputedStyle(area), getComputedStyle(code)];
  for (const name of ['fontFamily', 'fontSize', 'lineHeight', 'letterSpacing', 'tabSize', 'whiteSpace', 'paddingTop', 'paddingLeft'])
    if (a[name] !== b[name]) wrong.push(`${name}: ${a[name]}, ${b[name]}`);
  const box = (it) => it.getBoundingClientRect();
  if (box(code).top !== box(area).top || box(code).left !== box(area).left) wrong.push('another place');
  if (rows.some((row) => box(row).height !== parseFloat(a.lineHeight))) wrong.push('another height');
  if (document.documentElement.scrollWidth > innerWidth) wrong.push('wider than the page');
  return wrong;";

#[test]
fn keys_indent_and_escape_leaves() {
    let site = Site::new(Headers::Isolated);
    for (browser, screen) in
        [(Browser::Chromium, Some([1280, 800])), (Browser::Chromium, Some([390, 844])), (Browser::Firefox, None)]
    {
        with_tab(browser, async |driver| {
            if let Some(screen) = screen {
                set_screen(&driver, screen).await;
            }
            let page = open(&driver, &site, "").await;
            select_all(&page).await;
            press(
                &page,
                &[
                    ("", Key::Delete),
                    ("ab", Key::Tab),
                    ("c", Key::Enter),
                    ("", Key::Tab),
                    ("d", Key::Enter),
                    ("größe <&", Key::End),
                ],
            )
            .await;
            assert_eq!(value(&page).await, "ab  c\n    d\n    größe <&");
            assert_eq!(page.script(ASTRAY).await, json!([]), "{browser}");
            select_all(&page).await;
            press(&page, &[("", Key::Tab)]).await;
            assert_eq!(value(&page).await, "    ab  c\n        d\n        größe <&");
            let area = page.driver.active_element().await.unwrap();
            area.send_keys(Key::Control + "z").await.unwrap();
            assert_eq!(value(&page).await, "ab  c\n    d\n    größe <&", "{browser}: Tab can be undone");
            press(&page, &[("", Key::Escape), ("", Key::Tab)]).await;
            assert_eq!(
                page.script("return document.activeElement.matches('.editor textarea')").await,
                false,
                "{browser}"
            );
            assert_eq!(value(&page).await, "ab  c\n    d\n    größe <&");
            assert_eq!(page.uncaught().await, json!([]));
        });
    }
}

#[test]
fn the_first_escape_leaves_the_editor_and_the_second_stops_the_run() {
    let site = Site::new(Headers::Isolated);
    with_tab(Browser::Chromium, async |driver| {
        let page = open(&driver, &site, "").await;
        page.click("#run").await;
        page.wait_for("started", 1, Duration::from_secs(10)).await;
        select_all(&page).await;
        press(&page, &[("", Key::Escape)]).await;
        assert_eq!(page.script("return document.querySelector('#run').innerText").await, "Stop");
        press(&page, &[("", Key::Escape)]).await;
        let error = page.wait_for("error", 1, Duration::from_secs(10)).await;
        assert_eq!(error["code"], "stopped");
    });
}

#[test]
fn a_mistake_is_marked_at_its_line_while_it_is_typed() {
    let site = Site::new(Headers::Isolated);
    let axe = std::fs::read_to_string(from_xtask("INTERLEAVE_AXE")).expect("axe-core");
    with_tab(Browser::Chromium, async |driver| {
        for theme in ["light", "dark"] {
            let page = open(&driver, &site, &format!("&theme={theme}")).await;
            select_all(&page).await;
            press(&page, &[("# one", Key::Enter), ("1 2 (", Key::Enter), ("# three", Key::Enter)]).await;
            page.wait_until("return !!document.querySelector('.mistakes button')", "the mistake").await;
            let told = page.find(".mistakes p").await.unwrap().text().await.unwrap();
            assert!(told.starts_with("Line 2: ") && told.ends_with('.'), "{told}");
            let marked =
                "return [...document.querySelectorAll('.coloured > div')].map((row) => !!row.querySelector('u'))";
            assert_eq!(page.script(marked).await, json!([false, true, false, false]));
            let described = "const area = document.querySelector('.editor textarea'); \
                return [area.ariaInvalid, area.getAttribute('aria-describedby').split(' ').map((id) => document.getElementById(id).textContent).join(' ')]";
            let described = page.script(described).await;
            assert_eq!(described[0], "true");
            assert!(
                described[1].as_str().unwrap().contains("Escape") && described[1].as_str().unwrap().contains(&told),
                "{described}"
            );
            page.script(&axe).await;
            look(&page, theme).await;
            // The caret is on the last line: what is above it goes with it.
            page.click(".mistakes button").await;
            press(&page, &[("", Key::Home), ("#", Key::End)]).await;
            page.wait_until("return !document.querySelector('.mistakes button, .coloured u')", "no mistake").await;
        }
    });
}

/// A script of many lines.
fn long() -> String {
    (0..2_000).fold("~ ü\n".to_owned(), |mut text, line| {
        writeln!(text, "# line {} of {line}", line * line).unwrap();
        text
    })
}

#[test]
fn a_long_text_travels_in_the_url() {
    let site = Site::new(Headers::Isolated);
    let (lab, control) = lab();
    let query = RefCell::new(String::new());
    with_tab(Browser::Chromium, async |driver| {
        let page = open(&driver, &site, "").await;
        let text = json!(long());
        page.script(&format!(
            "const area = document.querySelector('.editor textarea'); area.focus(); area.select(); document.execCommand('insertText', false, {text})"
        ))
        .await;
        page.wait_until("return location.search.includes('=~')", "the URL to follow").await;
        query.replace(page.script("return location.search.slice(1)").await.as_str().unwrap().to_owned());
        page.click(".share > button").await;
        page.wait_until("return !!document.querySelector('dialog[open] #share-link')", "the dialog").await;
        let link = page.script("return document.querySelector('#share-link').value").await;
        assert_eq!(link.as_str().unwrap().split_once('?').unwrap().1, *query.borrow());
    });
    let query = query.into_inner();
    if query.is_empty() {
        // Without that browser there is no link.
        return;
    }
    let (values, notices) = Values::from_query(&lab.sheet().controls, &query);
    assert_eq!((values.text(&control.name), notices.len()), (&*long(), 0), "natively");
    for (browser, more) in [(Browser::Chromium, ""), (Browser::Chromium, "&embed"), (Browser::Firefox, "")] {
        with_tab(browser, async |driver| {
            let page = Page::open(&driver, &site.url(&format!("{query}{more}"))).await;
            shown(&page).await;
            assert_eq!(value(&page).await, long(), "{browser} {more}");
            assert_eq!(
                page.script("return document.querySelector('.notices').textContent").await,
                "",
                "{browser} {more}"
            );
            if !more.is_empty() {
                // What opens in a tab of its own has it, too.
                page.wait_until("return document.querySelector('.full-page a').search.includes('=~')", "the link")
                    .await;
            }
        });
    }
}

#[test]
fn what_cannot_be_unpacked_is_named_and_the_default_is_used() {
    let site = Site::new(Headers::Isolated);
    let (_, control) = lab();
    let default = Values::defaults(std::slice::from_ref(&control)).text(&control.name).to_owned();
    with_tab(Browser::Chromium, async |driver| {
        let good = pack(&long());
        for packed in [&good[..good.len() / 2], &pack(&"0".repeat(2_000_000)), "~!", "~AAAA"] {
            let page = open(&driver, &site, &format!("&{}={packed}", control.name)).await;
            let notice =
                page.find(&format!("[data-argument={}]", control.name)).await.expect(packed).text().await.unwrap();
            assert!(
                notice.ends_with("is no packed text of at most 65536 characters; the default is used."),
                "{notice}"
            );
            assert_eq!(value(&page).await, default);
            assert_eq!(page.uncaught().await, json!([]));
        }
        let page = open(&driver, &site, &format!("&{}=~~a%0Ab", control.name)).await;
        assert_eq!(value(&page).await, "~a\nb", "short, and marked");
    });
}
