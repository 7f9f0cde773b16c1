// <interleave-lab lab="…"></interleave-lab>: an Interleave lab in any page.
//
// Attributes: whatever the lab's address may have: lab, the lab's settings, autorun, and theme (auto, light, dark), which is followed
// while the page is open. And load: "click" (the default: a poster until the reader presses it) or "visible" (as soon as it is nearly on
// the screen). What stands inside the element is for browsers without script, and becomes the poster.
// Events on the element: interleave:ready, -started, -result, -error, -resize, with the detail that the lab's page gives them.
// Methods: run(), stop(). Property: result, the last one.
//
// Not a module: those load from another site only if it sends CORS headers.
(() => {
  /** Attributes that are not for the lab: this element's own, and what any element may have. */
  const OWN =
    'load accesskey autocapitalize autocorrect autofocus class contenteditable dir draggable enterkeyhint exportparts hidden id inert inputmode is itemid itemprop itemref itemscope itemtype lang nonce part popover role slot spellcheck style tabindex title translate writingsuggestions';
  const isArgument = (name) => /^[a-z][a-z\d-]*$/.test(name) && !/^(on|data-|aria-)/.test(name) && !OWN.split(' ').includes(name);
  const EVENTS = ['ready', 'started', 'result', 'error', 'resize'].map((name) => `interleave:${name}`);
  /** Where the lab is: beside this script. */
  const HOME = new URL('./', document.currentScript.src);
  /** A lab's height stays within these, in pixels, whatever it says. */
  const HEIGHT = { least: 320, most: 6000 };

  const STYLE = `
:host { display: block; }
:host([hidden]) { display: none; }
iframe { display: block; width: 100%; border: 0; }
.poster { border: 1px solid color-mix(in srgb, currentColor 25%, transparent); border-radius: 10px; padding: 20px; font: 16px/1.5 system-ui, sans-serif; }
.poster strong { display: block; font-size: 1.15em; }
.poster p { margin: 4px 0 14px; }
button { font: inherit; font-weight: 600; padding: 8px 20px; border: 0; border-radius: 8px; background: #0a6c86; color: #fff; cursor: pointer; }
:focus-visible { outline: 3px solid #0a6c86; outline-offset: 2px; }
a { color: inherit; margin-left: 14px; }`;

  class InterleaveLab extends HTMLElement {
    #root = this.attachShadow({ mode: 'open' });
    #frame;
    #ready = false;
    /** A word for the lab that it is not ready to hear yet. */
    #later;
    #result = null;
    #unwatch = () => {};
    #hear = (event) => this.#take(event);
    #changes = new MutationObserver((changes) => this.#follow(changes));

    /** The last run's result, as `interleave/result@1`; null before there is one. */
    get result() {
      return this.#result;
    }

    /** Runs the lab, and loads it first if need be. */
    run() {
      this.#tell('interleave:run');
    }

    /** Stops the run, if there is one. */
    stop() {
      if (this.#frame) this.#tell('interleave:stop');
    }

    connectedCallback() {
      addEventListener('message', this.#hear);
      this.#changes.observe(this, { attributes: true, attributeOldValue: true });
      const style = document.createElement('style');
      style.textContent = STYLE;
      this.#root.replaceChildren(style, this.#poster());
      if (this.getAttribute('load') === 'visible') {
        const watch = new IntersectionObserver((seen) => seen.some(({ isIntersecting }) => isIntersecting) && this.#load(), { rootMargin: '200px' });
        watch.observe(this);
        this.#unwatch = () => watch.disconnect();
      }
    }

    disconnectedCallback() {
      removeEventListener('message', this.#hear);
      this.#changes.disconnect();
      this.#unwatch();
      this.#frame = undefined;
      this.#ready = false;
    }

    /** Another theme is shown at once; anything else is another lab. */
    #follow(changes) {
      if (!this.#frame) return;
      const changed = changes.filter(({ attributeName, oldValue }) => this.getAttribute(attributeName) !== oldValue);
      const names = changed.map(({ attributeName }) => attributeName).filter(isArgument);
      if (names.some((name) => name !== 'theme')) this.#load();
      else if (names.length) this.#tell('interleave:theme', { theme: this.getAttribute('theme') ?? 'auto' });
    }

    /** The lab's address with this element's arguments. */
    #address(embedded) {
      const query = new URLSearchParams();
      for (const { name, value } of this.attributes) if (isArgument(name)) query.set(name, value);
      if (embedded) query.set('embed', '');
      // Nobody has asked for a run yet in a tab of its own.
      else query.delete('autorun');
      return new URL(`?${query}`, HOME).href;
    }

    #poster() {
      const poster = document.createElement('div');
      poster.className = 'poster';
      const title = document.createElement('strong');
      title.textContent = this.textContent.trim() || 'A lab by Interleave';
      const what = document.createElement('p');
      what.textContent = 'Interleave runs real threads in your browser and measures them. The lab loads when you press the button.';
      const open = document.createElement('button');
      open.type = 'button';
      open.textContent = 'Open the lab';
      open.addEventListener('click', () => {
        this.#load();
        this.#frame.focus();
      });
      const link = document.createElement('a');
      link.href = this.#address(false);
      link.target = '_blank';
      link.rel = 'noopener';
      link.textContent = 'In a tab of its own';
      poster.append(title, what, open, link);
      return poster;
    }

    #load() {
      this.#unwatch();
      const frame = document.createElement('iframe');
      frame.title = `Interleave: ${this.textContent.trim() || this.getAttribute('lab') || 'a lab'}`;
      frame.allow = 'cross-origin-isolated; clipboard-write';
      // A page that is isolated itself lets in only frames without the reader's cookies.
      if (self.crossOriginIsolated) frame.credentialless = true;
      frame.height = this.#frame?.height ?? 640;
      frame.src = this.#address(true);
      // It has those that changed just now.
      this.#changes.takeRecords();
      this.#ready = false;
      this.#root.lastElementChild.replaceWith(frame);
      this.#frame = frame;
    }

    #tell(type, more) {
      if (!this.#frame) this.#load();
      if (this.#ready) this.#frame.contentWindow.postMessage({ type, ...more }, HOME.origin);
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
      if (type === 'interleave:result') this.#result = detail.result;
      if (type === 'interleave:ready') {
        this.#ready = true;
        if (this.hasAttribute('theme')) this.#tell('interleave:theme', { theme: this.getAttribute('theme') });
        if (this.#later) this.#tell(this.#later);
        this.#later = undefined;
      }
      this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true }));
    }
  }

  customElements.define('interleave-lab', InterleaveLab);
})();
