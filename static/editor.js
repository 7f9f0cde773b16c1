// <interleave-editor>: makes an editor of the text area that the app puts into it: line numbers, colours, Tab and Enter that indent. The text
// area stays what is written in, with letters that cannot be seen; the same text stands in colours over it, at the same places. So undo,
// selection, input methods and tools that read out are the browser's own.
//
// The app says the language (data-syntax: py or asm), how many lines are shown at once (data-lines), what is wrong (data-marks: a line for each mistake,
// with line and column, from 1, and words) and which line to light up (data-lit). It hears of the line that the reader looks at by the message
// interleave:line.
//
// And it packs long texts for the address, and unpacks them.
// A plain script, which comes only where a lab has such a text, or the address a packed one. Without it the text area is all there is, and works.
(() => {
  if (self.interleaveEditor) return;
  // A constructed sheet needs nothing of the page's content security policy. Sizes and colours are those of tokens.css.
  const STYLE = new CSSStyleSheet();
  STYLE.replaceSync(`
interleave-editor {
  --high: 20px;
  position: relative; contain: inline-size; display: grid; grid-template-columns: max-content minmax(max-content, 1fr); min-height: 80px; max-height: 75vh; overflow: auto; resize: vertical;
  height: calc(var(--lines) * var(--high) + 18px); border: 1px solid var(--line); border-radius: var(--radius); background: var(--ground); scroll-padding-left: 4em;
}
interleave-editor:focus-within { outline: 3px solid var(--accent); outline-offset: 2px; }
interleave-editor > :is(pre, textarea) { margin: 0; padding: var(--space-2); font: var(--text-s)/var(--high) var(--mono); font-variant-ligatures: none; tab-size: 4; white-space: pre; }
interleave-editor > textarea {
  grid-area: 1 / 2; width: 100%; height: 0; min-height: 100%; border: 0; outline: 0; resize: none; overflow: hidden; background: none;
  color: var(--text); -webkit-text-fill-color: transparent;
}
interleave-editor > textarea::selection { background: color-mix(in srgb, var(--accent) 30%, transparent); }
interleave-editor > .numbers { grid-area: 1 / 1; position: sticky; left: 0; z-index: 1; text-align: right; color: var(--text-quiet); background: var(--raised); user-select: none; }
interleave-editor > .coloured { grid-area: 1 / 2; position: relative; padding-right: var(--space-5); pointer-events: none; }
interleave-editor > .coloured > div { min-height: var(--high); }
interleave-editor > i { grid-area: 1 / 2; position: absolute; left: 0; right: 0; top: calc(var(--space-2) + var(--at) * var(--high)); height: var(--high); background: var(--raised); }
interleave-editor > i.lit { background: none; box-shadow: inset 4px 0 var(--accent), inset 0 0 0 1px var(--accent); }
interleave-editor .keyword { color: var(--series-2); }
interleave-editor .name { color: var(--series-4); }
interleave-editor .number { color: var(--link); }
interleave-editor .quoted { color: var(--good); }
interleave-editor .comment { color: var(--text-quiet); }
interleave-editor u { text-decoration: underline wavy var(--bad); text-underline-offset: 3px; }
.mistakes { min-height: 1.5em; color: var(--bad); }
.mistakes p { margin: 0; }
.mistakes button.link { min-height: 0; color: inherit; }
@media (pointer: coarse) {
  /* Or phones zoom in when it is touched. */
  interleave-editor { --high: 24px; }
  interleave-editor > :is(pre, textarea) { font-size: 16px; }
}
@media (forced-colors: active) {
  interleave-editor > textarea { -webkit-text-fill-color: currentColor; }
  interleave-editor > .coloured, interleave-editor > .coloured * { forced-color-adjust: none; color: transparent; }
  interleave-editor u { text-decoration-color: CanvasText; }
  interleave-editor > i.lit { border-left: 4px solid Highlight; }
}
@media print { interleave-editor { height: auto; max-height: none; } }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, STYLE];

  /** The longest text, as in `labs/src/control.rs`. */
  const MOST_TEXT = 65_536;
  /** How many mistakes are told below the text. */
  const TOLD = 3;
  const HELP = 'Tab indents, Shift and Tab takes a step back; press Escape, then Tab, to leave.';

  /** A step of the indentation. */
  const STEP = '    ';

  const PYTHON = new Set(
    'False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield'.split(' '),
  );

  /** The pieces of each language: the first that fits is it. A look may depend on the piece, on the one before it that is not blank, and on the line. */
  const PIECES = {
    plain: [],
    py: [
      [/#.*/y, 'comment'],
      [/[rbfu]{0,2}(?:'''|""")/iy, 'open'],
      [/[rbfu]{0,2}(?:'(?:\\.|[^'\\])*'?|"(?:\\.|[^"\\])*"?)/iy, 'quoted'],
      [/0[xob][\da-f_]+|\d[\d_]*\.?[\d_]*(?:e[+-]?\d[\d_]*)?j?/iy, 'number'],
      [/@[\p{L}\w.]+/uy, (piece, before) => (before ? '' : 'name')],
      [/[\p{L}_][\p{L}\p{N}_]*/uy, (piece, before, line) => {
        if (PYTHON.has(piece)) return 'keyword';
        if (/^(match|case)$/.test(piece) && !before && /:\s*(#.*)?$/.test(line)) return 'keyword';
        return /^(def|class)$/.test(before) ? 'name' : '';
      }],
    ],
    asm: [
      [/#.*/y, 'comment'],
      [/%\w*/y, 'name'],
      [/\$-?\w*|\d\w*/y, 'number'],
      [/\.var\b/y, 'keyword'],
      [/\.[\w.-]+/y, 'name'],
      [/[\p{L}_][\p{L}\w.-]*/uy, (piece, before) => (before ? '' : 'keyword')],
    ],
  };

  const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

  /** A line as HTML, and the quotation marks that the next one begins within; `begins` are those of this one. `wrong` is where a mistake is, from 1. */
  function coloured(syntax, line, begins, wrong) {
    let [html, at, before, ends] = ['', 0, '', begins];
    const add = (end, look) => {
      const piece = line.slice(at, end);
      at = end;
      if (piece.trim()) before = piece;
      const inner = look ? `<span class="${look}">${escaped(piece)}</span>` : escaped(piece);
      const here = wrong && wrong <= end;
      html += here ? `<u>${inner}</u>` : inner;
      if (here) wrong = 0;
    };
    /** Up to the end of a text of several lines, if that is here. */
    const close = (from) => {
      for (let place = from; place < line.length; place += line[place] === '\\' ? 2 : 1) {
        if (!line.startsWith(ends, place)) continue;
        const { length } = ends;
        ends = '';
        return add(place + length, 'quoted');
      }
      return add(line.length, 'quoted');
    };
    while (at < line.length) {
      if (ends) {
        close(at);
        continue;
      }
      const found = PIECES[syntax].find(([piece]) => ((piece.lastIndex = at), piece.test(line)));
      if (!found) {
        add(at + (line.codePointAt(at) > 0xffff ? 2 : 1), '');
        continue;
      }
      const [{ lastIndex }, look] = found;
      if (look === 'open') {
        ends = line.slice(lastIndex - 3, lastIndex);
        close(lastIndex);
      } else {
        add(lastIndex, typeof look === 'string' ? look : look(line.slice(at, lastIndex), before, line));
      }
    }
    return { html: wrong ? `${html}<u> </u>` : html, ends };
  }

  /** What is typed for a key: `text` in place of what is between `from` and `to`; then what is between the two of `selected` is selected. */
  const KEYS = {
    /** To the next step, or all selected lines a step to the right. */
    indent(text, from, to) {
      const start = text.lastIndexOf('\n', from - 1) + 1;
      if (text.slice(from, to).includes('\n')) return lines(text, start, to, (line) => (line ? STEP + line : line));
      const blanks = STEP.slice((from - start) % STEP.length);
      return { from, to, text: blanks, selected: [from + blanks.length, from + blanks.length] };
    },
    /** The line, or all selected ones, a step to the left. */
    outdent(text, from, to) {
      const start = text.lastIndexOf('\n', from - 1) + 1;
      const edit = lines(text, start, to, (line) => line.replace(/^(\t| {1,4})/, ''));
      const less = edit.to - edit.from - edit.text.length;
      // The caret stays where it is in the line.
      if (!text.slice(from, to).includes('\n')) edit.selected = [from, to].map((at) => Math.max(start, at - less));
      return less ? edit : undefined;
    },
    /** A line that is indented as the one above, a step more where that opens a block; nothing if it is not indented. */
    newline(text, from, to, syntax) {
      const line = text.slice(text.lastIndexOf('\n', from - 1) + 1, from);
      const opens = syntax === 'py' && line.trimEnd().endsWith(':');
      const typed = `\n${/^[ \t]*/.exec(line)[0]}${opens ? STEP : ''}`;
      return typed.length > 1 ? { from, to, text: typed, selected: [from + typed.length, from + typed.length] } : undefined;
    },
  };

  /** Changes the lines from `from` on, up to the one that `to` is in; not that one where `to` is its beginning. */
  function lines(text, from, to, change) {
    const last = to > from && text[to - 1] === '\n' ? to - 1 : to;
    const end = text.indexOf('\n', last);
    const until = end < 0 ? text.length : end;
    const changed = text.slice(from, until).split('\n').map(change).join('\n');
    return { from, to: until, text: changed, selected: [from, from + changed.length] };
  }

  class Editor extends HTMLElement {
    static observedAttributes = ['data-marks', 'data-lit'];
    #area;
    #code;
    #numbers;
    /** What is wrong, in words. */
    #mistakes;
    /** What of it is told now. */
    #marks = '';
    /** Behind the text: the caret's line, and the one that is lit up. */
    #bars;
    /** A row for each line: its text, the quotation marks that it begins and ends within, where a mistake is, and its element. */
    #rows = [];
    /** The line that the caret is in, from 1; 0 without the focus. */
    #caret = 0;
    /** The line that the app has been told; 0 for none. */
    #told = 0;
    /** After Escape, Tab leaves. */
    #leaving = false;

    connectedCallback() {
      // The app puts the text area into it just now.
      queueMicrotask(() => this.#area || this.#start());
    }

    attributeChangedCallback() {
      if (this.#area) this.#show();
    }

    #start() {
      const make = (tag, className, more = { ariaHidden: 'true' }) => Object.assign(document.createElement(tag), { className, ...more });
      const area = this.querySelector('textarea');
      if (!area) return;
      this.#area = area;
      const [help, mistakes] = ['help', 'mistakes'].map((part) => `${part}-${area.name}`);
      Object.assign(area, { maxLength: MOST_TEXT, wrap: 'off', spellcheck: false, autocapitalize: 'none', autocomplete: 'off', translate: false });
      area.setAttribute('autocorrect', 'off');
      area.setAttribute('aria-describedby', `${help} ${mistakes}`);
      this.#mistakes = make('div', 'mistakes', { id: mistakes, role: 'status' });
      this.after(make('p', 'visually-hidden', { id: help, textContent: HELP }), this.#mistakes);
      this.#bars = [make('i', ''), make('i', 'lit')];
      [this.#numbers, this.#code] = [make('pre', 'numbers'), make('pre', 'coloured')];
      this.prepend(...this.#bars);
      this.append(this.#code, this.#numbers);
      this.style.setProperty('--lines', this.dataset.lines);
      // What the app sets is drawn as well.
      const { get, set } = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value');
      Object.defineProperty(area, 'value', { get: () => get.call(area), set: (text) => (set.call(area, text), this.#draw()) });
      const follow = () => this.#follow();
      area.addEventListener('input', () => (this.#draw(), follow()));
      area.addEventListener('keydown', (event) => this.#press(event));
      for (const event of ['keyup', 'click', 'focus']) area.addEventListener(event, follow);
      area.addEventListener('blur', () => ((this.#leaving = false), this.#follow(0)));
      area.addEventListener('pointermove', ({ offsetY }) => this.#tell(this.#lineAt(offsetY)));
      area.addEventListener('pointerleave', () => this.#tell(this.#caret));
      this.#draw();
      this.#follow(document.activeElement === area ? undefined : 0);
    }

    /** Draws what has changed: in a long text, little. */
    #draw() {
      const [rows, all] = [this.#rows, this.#area.value.split('\n')];
      const most = Math.min(rows.length, all.length);
      let [from, after] = [0, 0];
      while (from < most && rows[from].text === all[from]) from += 1;
      while (after < most - from && rows.at(-1 - after).text === all.at(-1 - after)) after += 1;
      const added = all.slice(from, all.length - after).map((text) => ({ text, element: document.createElement('div') }));
      const next = rows[rows.length - after]?.element ?? null;
      rows.slice(from, rows.length - after).forEach(({ element }) => element.remove());
      const fragment = new DocumentFragment();
      fragment.append(...added.map(({ element }) => element));
      this.#code.insertBefore(fragment, next);
      if (all.length !== rows.length) this.#numbers.textContent = all.map((_, at) => at + 1).join('\n');
      this.#rows = [...rows.slice(0, from), ...added, ...rows.slice(rows.length - after)];
      // Where a text of several lines opens or closes, what is below changes, too.
      let begins = this.#rows[from - 1]?.ends ?? '';
      for (let at = from; at < all.length && (at < from + added.length || this.#rows[at].begins !== begins); at += 1) {
        this.#rows[at].begins = begins;
        begins = this.#paint(this.#rows[at]);
      }
      this.#show();
    }

    #paint(row) {
      const { html, ends } = coloured(this.dataset.syntax, row.text, row.begins, row.wrong);
      row.element.innerHTML = html;
      row.ends = ends;
      return ends;
    }

    /** Marks mistakes, the first of each line, and lights up lines. */
    #show() {
      const marks = Array.from((this.dataset.marks ?? '').matchAll(/(\d+) (\d+) (.*)/g), ([, line, column, words]) => [Number(line), Number(column), words]);
      const wrong = new Map([...marks].reverse());
      this.#rows.forEach((row, at) => {
        const here = wrong.get(at + 1) ?? 0;
        if ((row.wrong ?? 0) === here) return;
        row.wrong = here;
        this.#paint(row);
      });
      [this.#caret, Number(this.dataset.lit ?? 0)].forEach((line, which) => {
        const bar = this.#bars[which];
        bar.hidden = !line || line > this.#rows.length;
        bar.style.setProperty('--at', line - 1);
      });
      if (this.#marks !== this.dataset.marks) this.#say(marks);
      this.#marks = this.dataset.marks;
    }

    /** Tells what is wrong; where it is, is a button that leads there. */
    #say(marks) {
      this.#area.ariaInvalid = String(marks.length > 0);
      const said = marks.slice(0, TOLD).map(([line, column, words]) => {
        const where = Object.assign(document.createElement('button'), { type: 'button', className: 'link', textContent: `Line ${line}` });
        where.addEventListener('click', () => this.#go(line, column));
        const sentence = document.createElement('p');
        sentence.append(where, `: ${words}.`);
        return sentence;
      });
      if (marks.length > TOLD) said.push(Object.assign(document.createElement('p'), { textContent: `${marks.length - TOLD} more.` }));
      this.#mistakes.replaceChildren(...said);
    }

    /** Tab and Enter indent; after Escape, Tab leaves, as it does everywhere else. */
    #press(event) {
      const { key, shiftKey } = event;
      if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      const leaves = this.#leaving;
      this.#leaving = key === 'Escape' || (leaves && key === 'Shift');
      // The first one is for the editor, and stops no run.
      if (key === 'Escape' && !leaves) event.stopPropagation();
      const isTab = key === 'Tab' && !leaves;
      if (!isTab && key !== 'Enter') return;
      const area = this.#area;
      const what = isTab ? (shiftKey ? 'outdent' : 'indent') : 'newline';
      const edit = KEYS[what](area.value, area.selectionStart, area.selectionEnd, this.dataset.syntax);
      if (isTab || edit) event.preventDefault();
      if (!edit) return;
      // As if a reader typed it, so that it can be undone. Nothing but this old command does that.
      area.setSelectionRange(edit.from, edit.to);
      document.execCommand(edit.text ? 'insertText' : 'delete', false, edit.text);
      area.setSelectionRange(...edit.selected);
      this.#follow();
    }

    #follow(line = this.#area.value.slice(0, this.#area.selectionStart).split('\n').length) {
      if (this.#caret === line) return;
      this.#caret = line;
      this.#show();
      this.#tell(line);
    }

    #tell(line) {
      if (this.#told === line) return;
      this.#told = line;
      postMessage({ type: 'interleave:line', line: String(line) }, '*');
    }

    #high() {
      return this.#code.firstElementChild.getBoundingClientRect().height;
    }

    /** The line at this height in the text area; 0 below the last one. */
    #lineAt(y) {
      const line = Math.floor((y - this.#code.firstElementChild.offsetTop) / this.#high()) + 1;
      return line > 0 && line <= this.#rows.length ? line : 0;
    }

    #go(line, column) {
      const start = this.#rows.slice(0, line - 1).reduce((sum, { text }) => sum + text.length + 1, 0);
      this.#area.focus();
      this.#area.setSelectionRange(start + column - 1, start + column - 1);
      this.scrollTop = (line - 4) * this.#high();
      this.#follow();
    }
  }

  const swapped = (text, pairs) => pairs.reduce((text, [from, to]) => text.replaceAll(from, to), text);

  /** A long text, as it stands in an address: see `labs/src/packed.rs`. */
  async function pack(text) {
    const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'));
    const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
    const letters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
    return `~${swapped(btoa(letters), [['+', '-'], ['/', '_'], ['=', '']])}`;
  }

  /** Back. No more is unpacked than a text may have: what is small may become very long. */
  async function unpack(packed) {
    const letters = atob(swapped(packed.slice(1), [['-', '+'], ['_', '/']]));
    const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
    const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
    const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
    for (let text = ''; ; ) {
      const { value, done } = await reader.read();
      text += decoder.decode(value, { stream: !done });
      if (text.length > MOST_TEXT) return reader.cancel().then(() => packed);
      if (done) return text.replace(/^~/, '~~');
    }
  }

  /** An address's arguments, unpacked, as a query. What cannot be unpacked stays as it is, and the app says so. */
  self.interleaveUnpack = async (query) => {
    const plain = (value) => (/^~[^~]/.test(value) ? unpack(value).catch(() => value) : value);
    const pairs = await Promise.all(Array.from(query, async ([name, value]) => [name, await plain(value)]));
    return String(new URLSearchParams(pairs));
  };

  /** The texts that were packed last, and what they are in an address; empty while they are being packed, nothing if they cannot be. */
  const packed = new Map();
  const say = () => postMessage({ type: 'interleave:packed' }, '*');
  self.interleavePacked = (text) => {
    if (!packed.has(text)) {
      if (packed.size > 8) packed.delete(packed.keys().next().value);
      packed.set(text, '');
      pack(text).catch(() => null).then((it) => (packed.set(text, it), say()));
    }
    return packed.get(text);
  };
  // Texts that are there already can be packed from now on.
  say();

  customElements.define('interleave-editor', Editor);
  self.interleaveEditor = { coloured, KEYS };
})();
