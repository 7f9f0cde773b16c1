// <interleave-lab lab="…"></interleave-lab>: an Interleave lab in any page.
//
// Attributes: whatever the lab's address may have: lab, the lab's settings, autorun, and theme (auto, light, dark), which is followed
// while the page is open; accent, ground, text and font, or instead of them custom properties: --interleave-accent and so on. And load: "click" (the default: a poster until the reader presses it) or "visible" (as soon as it is nearly on
// the screen). What stands inside the element is for browsers without script, and becomes the poster.
// Events on the element: interleave:ready, -started, -result, -error, -resize, with the detail that the lab's page gives them.
// Methods: run(), a promise of the result, which is rejected with an error that has a code where there is none; stop(). Property: result,
// the last one.
//
// Not a module: those load from another site only if it sends CORS headers.
(() => {
  // Two posts on one page may each bring this script: the first one does.
  if (customElements.get('interleave-lab')) return;

  /** Attributes that are not for the lab: this element's own, and what any element may have. */
  const OWN =
    'load accesskey autocapitalize autocorrect autofocus class contenteditable dir draggable enterkeyhint exportparts hidden id inert inputmode is itemid itemprop itemref itemscope itemtype lang nonce part popover role slot spellcheck style tabindex title translate writingsuggestions';
  const isArgument = (name) => /^[a-z][a-z\d-]*$/.test(name) && !/^(on|data-|aria-)/.test(name) && !OWN.split(' ').includes(name);
  /** What a lab takes up of the page around it: attributes or, where there are none, custom properties. */
  const LOOKS = ['accent', 'ground', 'text', 'font'];
  const EVENTS = ['ready', 'started', 'result', 'error', 'resize'].map((name) => `interleave:${name}`);
  /** Where the lab is: beside this script. */
  const HOME = new URL('./', document.currentScript.src);
  /** A lab's height stays within these, in pixels, whatever it says. */
  const HEIGHT = { least: 320, most: 6000 };
  /** How long a lab may take until it is ready, in milliseconds. Its page gives up sooner, and says why. */
  const LOADING_MS = 45_000;

  // A constructed sheet needs nothing of the page's content security policy, unlike a style element.
  const STYLE = new CSSStyleSheet();
  STYLE.replaceSync(`
:host { display: block; }
:host([hidden]) { display: none; }
iframe { display: block; width: 100%; border: 0; }
.poster { border: 1px solid color-mix(in srgb, currentColor 25%, transparent); border-radius: 10px; padding: 20px; font: 16px/1.5 system-ui, sans-serif; }
.poster strong { display: block; font-size: 1.15em; }
.poster p { margin: 4px 0 14px; }
button { font: inherit; font-weight: 600; min-height: 44px; padding: 6px 18px; border: 2px solid #0a6c86; border-radius: 8px; background: none; color: inherit; cursor: pointer; }
:focus-visible { outline: 3px solid; outline-offset: 2px; }
.failure { border-left: 4px solid #b3261e; margin: 0 0 12px; padding: 8px 12px; font: 16px/1.5 system-ui, sans-serif; }
a { color: inherit; }
button + a { margin-left: 14px; }`);

  class InterleaveLab extends HTMLElement {
    #root = this.attachShadow({ mode: 'open' });
    #frame;
    #ready = false;
    /** A word for the lab that it is not ready to hear yet. */
    #later;
    /** Those who wait for a run to end. */
    #waiting = [];
    #result = null;
    #limit;
    #unwatch = () => {};
    #hear = (event) => this.#take(event);
    #see = (event) => this.#refused(event);
    #changes = new MutationObserver((changes) => this.#follow(changes));

    constructor() {
      super();
      this.#root.adoptedStyleSheets = [STYLE];
    }

    /** The last run's result, as `interleave/result@1`; null before there is one. */
    get result() {
      return this.#result;
    }

    /** Runs the lab, and loads it first if need be. A promise of the result, or of an error with a code, as interleave:error has it. */
    run() {
      const ended = new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
      // Who does not wait for it has the event.
      ended.catch(() => {});
      if (this.isConnected) this.#tell('interleave:run');
      else this.#fail('load', 'This lab is in no page.');
      return ended;
    }

    /** Stops the run, if there is one. */
    stop() {
      if (this.#ready) this.#tell('interleave:stop');
      else if (this.#later) this.#fail('stopped', 'The run was stopped before it began.');
    }

    connectedCallback() {
      addEventListener('message', this.#hear);
      document.addEventListener('securitypolicyviolation', this.#see);
      this.#changes.observe(this, { attributes: true, attributeOldValue: true, childList: true, characterData: true, subtree: true });
      this.#root.replaceChildren(this.#poster());
      if (this.getAttribute('load') === 'visible') {
        const watch = new IntersectionObserver((seen) => seen.some(({ isIntersecting }) => isIntersecting) && this.#load(), { rootMargin: '200px' });
        watch.observe(this);
        this.#unwatch = () => watch.disconnect();
      }
    }

    disconnectedCallback() {
      removeEventListener('message', this.#hear);
      document.removeEventListener('securitypolicyviolation', this.#see);
      this.#changes.disconnect();
      this.#unwatch();
      clearTimeout(this.#limit);
      this.#frame = undefined;
      this.#ready = false;
      if (this.#waiting.length) this.#fail('stopped', 'The lab was taken out of the page.');
    }

    /** Another theme is shown at once; anything else is another lab. */
    #follow(changes) {
      // A script that is in the cache runs before the text within its elements is read.
      if (!this.#frame) return this.#root.replaceChildren(this.#poster());
      this.#frame.title = this.#title();
      const changed = changes.filter(({ attributeName, oldValue }) => attributeName && this.getAttribute(attributeName) !== oldValue);
      const names = changed.map(({ attributeName }) => attributeName).filter(isArgument);
      const looks = Object.fromEntries(this.#looks());
      // A lab in its own colours does not listen for others.
      const isOwn = !LOOKS.some((name) => this.#frame.src.includes(`${name}=`));
      if (names.some((name) => name !== 'theme') || (names.length && isOwn && LOOKS.some((name) => looks[name]))) this.#load();
      else if (names.length) this.#tell('interleave:theme', { ...looks, theme: this.getAttribute('theme') ?? 'auto' });
    }

    /** Names and values of what the lab takes up of this page; empty values where there is nothing. */
    #looks() {
      const style = getComputedStyle(this);
      return LOOKS.map((name) => [name, this.getAttribute(name) ?? style.getPropertyValue(`--interleave-${name}`).trim()]);
    }

    /** The lab's address with this element's arguments. */
    #address(embedded) {
      const query = new URLSearchParams();
      for (const { name, value } of this.attributes) if (isArgument(name) && !LOOKS.includes(name)) query.set(name, value);
      if (embedded) {
        for (const [name, value] of this.#looks()) if (value) query.set(name, value);
        query.set('embed', '');
      } else {
        // Nobody has asked for a run yet in a tab of its own.
        query.delete('autorun');
      }
      return new URL(`?${query}`, HOME).href;
    }

    #title() {
      return `Interleave: ${this.textContent.trim() || this.getAttribute('lab') || 'a lab'}`;
    }

    #poster() {
      const poster = document.createElement('div');
      poster.className = 'poster';
      const title = document.createElement('strong');
      title.textContent = this.textContent.trim() || 'A lab by Interleave';
      const what = document.createElement('p');
      what.textContent = 'Interleave runs real threads in your browser and measures them. The lab loads when you press the button.';
      const { accent, font } = Object.fromEntries(this.#looks());
      poster.style.fontFamily = font;
      const open = document.createElement('button');
      open.style.borderColor = accent;
      open.type = 'button';
      open.textContent = 'Open the lab';
      open.addEventListener('click', () => {
        this.#load();
        this.#frame.focus();
      });
      poster.append(title, what, open, this.#link());
      return poster;
    }

    /** Works wherever the lab does not. */
    #link() {
      const link = document.createElement('a');
      link.href = this.#address(false);
      link.target = '_blank';
      link.rel = 'noopener';
      link.textContent = 'In a tab of its own';
      return link;
    }

    #load() {
      this.#unwatch();
      // Whoever waits for the lab that is replaced would wait for ever.
      if (this.#ready && this.#waiting.length) this.#fail('stopped', 'The lab was changed in mid-run.');
      const frame = document.createElement('iframe');
      frame.title = this.#title();
      frame.allow = 'cross-origin-isolated; clipboard-write';
      // A page that is isolated itself lets in only frames without the reader's cookies.
      if (self.crossOriginIsolated) frame.credentialless = true;
      frame.height = this.#frame?.height ?? 640;
      frame.src = this.#address(true);
      // It has those that changed just now.
      this.#changes.takeRecords();
      this.#ready = false;
      this.#frame = frame;
      this.#root.replaceChildren(frame);
      clearTimeout(this.#limit);
      this.#limit = setTimeout(() => this.#lost('Check the connection, then reload this page.'), LOADING_MS);
    }

    /** Its page does not say that itself. */
    #lost(advice) {
      const message = `The lab could not be loaded. ${advice}`;
      const words = document.createElement('p');
      words.className = 'failure';
      words.setAttribute('role', 'alert');
      words.append(`${message} `, this.#link());
      this.#root.prepend(words);
      this.#fail('load', message);
    }

    #refused({ blockedURI, effectiveDirective, disposition }) {
      const isFrame = /^(frame|child|default)-src$/.test(effectiveDirective) && disposition === 'enforce';
      if (!this.#frame || this.#ready || !isFrame || !blockedURI.startsWith(HOME.origin)) return;
      clearTimeout(this.#limit);
      this.#lost(`The content security policy of this page refuses frames from ${HOME.origin} (frame-src).`);
    }

    /** Tells all who wait that there will be no result. */
    #fail(code, message) {
      this.#later = undefined;
      this.#settle('reject', Object.assign(new Error(message), { code }));
      this.dispatchEvent(new CustomEvent('interleave:error', { detail: { code, message }, bubbles: true }));
    }

    #settle(how, value) {
      for (const waiting of this.#waiting.splice(0)) waiting[how](value);
    }

    #tell(type, more) {
      if (!this.#frame) this.#load();
      // To any origin, for a sandboxed frame has none. There is no secret in it.
      if (this.#ready) this.#frame.contentWindow.postMessage({ type, ...more }, '*');
      else if (type !== 'interleave:theme') this.#later = type;
    }

    #take({ source, origin, data }) {
      // A sandboxed page's frames have no origin: then the source alone has to do.
      if (!this.#frame || source !== this.#frame.contentWindow || (origin !== HOME.origin && origin !== 'null')) return;
      if (!EVENTS.includes(data?.type)) return;
      const { type, ...detail } = data;
      if (type === 'interleave:resize' && Number.isFinite(detail.height)) {
        this.#frame.height = Math.min(Math.max(Math.ceil(detail.height), HEIGHT.least), HEIGHT.most);
      }
      if (type === 'interleave:error') {
        // The lab's page says on itself what is wrong.
        clearTimeout(this.#limit);
        return this.#fail(detail.code, detail.message);
      }
      if (type === 'interleave:result') {
        this.#result = detail.result;
        this.#settle('resolve', detail.result);
      }
      if (type === 'interleave:ready') this.#begin();
      this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true }));
    }

    /** The lab can hear. */
    #begin() {
      clearTimeout(this.#limit);
      this.#root.querySelector('.failure')?.remove();
      this.#ready = true;
      if (this.hasAttribute('theme')) this.#tell('interleave:theme', { theme: this.getAttribute('theme') });
      if (this.#later) this.#tell(this.#later);
      this.#later = undefined;
    }
  }

  customElements.define('interleave-lab', InterleaveLab);
})();
