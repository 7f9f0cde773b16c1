// The page in another page's colours and font, which the address gives: accent, ground, text, font. `boot.js` fetches this only where there
// are some, and holds the first paint up for it where browsers can do that.
// What cannot be read, or not on that ground, is left out; self.interleaveRefused says so to the app.
(() => {
  const root = document.documentElement;
  /** The style sheet's own ground, text and accent, light and dark: it may not be there yet. */
  const OWN = [
    ['#fdfdfb', '#16232b', '#0a6786'],
    ['#12181b', '#e8ecee', '#67c5e0'],
  ];
  /** Least contrast of text, and of what is not text, after WCAG 2. */
  const [TEXT, MARK] = [4.5, 3];
  const canvas = document.createElement('canvas').getContext('2d');
  const systemIsDark = matchMedia('(prefers-color-scheme: dark)');
  let looks = Object.fromEntries(new URLSearchParams(location.search));

  /** A colour of any kind as red, green and blue, each to 255; nothing if it is none, or lets others shine through. */
  function rgb(text) {
    canvas.fillStyle = '#0000';
    canvas.fillStyle = text;
    // Of the newer kinds, only a mixture comes as red, green and blue.
    if (!canvas.fillStyle.startsWith('#')) canvas.fillStyle = `color-mix(in srgb, ${text}, ${text})`;
    const [, hex, ...parts] = /^#(\w{6})$|^color\(srgb (\S+) (\S+) (\S+)\)$/.exec(canvas.fillStyle) ?? [];
    if (hex) return [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16));
    return parts[0] && parts.map((part) => Math.round(Math.min(Math.max(part, 0), 1) * 255));
  }

  const luminance = (colour) => {
    const [r, g, b] = colour.map((part) => (part > 10 ? ((part / 255 + 0.055) / 1.055) ** 2.4 : part / 255 / 12.92));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };

  /** From 1 to 21. */
  const contrast = (...colours) => {
    const [dim, bright] = colours.map(luminance).sort((a, b) => a - b);
    return (bright + 0.05) / (dim + 0.05);
  };

  /** Takes up what can be used; the rest, in words. */
  function dress() {
    const refused = [];
    const refuse = (argument, why) => {
      refused.push({ argument, text: `${argument}=${String(looks[argument]).slice(0, 40)} ${why}; our own is used.` });
    };
    const asked = (name) => (looks[name] ? (rgb(looks[name]) ?? refuse(name, 'is no colour, or not an opaque one')) : undefined);
    let [ground, text, accent] = ['ground', 'text', 'accent'].map(asked);
    const { theme } = root.dataset;
    // A ground says itself which of our colours go with it.
    const isDark = () => (ground ? luminance(ground) < 0.18 : theme === 'dark' || (theme !== 'light' && systemIsDark.matches));
    const own = () => OWN[Number(isDark())].map(rgb);
    if (text && contrast(text, ground ?? own()[0]) < TEXT) text = refuse('text', 'has too little contrast with the ground');
    if (ground && contrast(ground, text ?? own()[1]) < TEXT) ground = refuse('ground', 'has too little contrast with the text');
    const [ownGround, ownText, ownAccent] = own();
    const [on, ink] = [ground ?? ownGround, text ?? ownText];
    if (accent && contrast(accent, on) < MARK) accent = refuse('accent', 'has too little contrast with the ground');

    root.removeAttribute('style');
    const set = (name, colour) => {
      root.style.setProperty(`--${name}`, `#${colour.map((part) => part.toString(16).padStart(2, '0')).join('')}`);
    };
    /** The ground with a share of the text's colour in it. */
    const mixed = (share) => on.map((part, at) => Math.round(part + (ink[at] - part) * share));
    /** The first of these colours that can be read on `ground`. */
    const legible = (ground, ...colours) => colours.find((colour) => contrast(colour, ground) >= TEXT) ?? ink;
    if (ground || text) {
      const raised = contrast(ink, mixed(0.06)) < TEXT ? on : mixed(0.06);
      set('ground', on);
      set('text', ink);
      set('raised', raised);
      set('line', mixed(0.16));
      set('grid', on);
      set('text-quiet', legible(raised, mixed(0.66), mixed(0.8)));
      // Ours can be read on a bright ground, or on a dark one.
      if (luminance(on) > 0.06 && luminance(on) < 0.68) ['bad', 'good'].forEach((name) => set(name, ink));
    }
    if (ground || text || accent) {
      const strong = accent ?? (contrast(ownAccent, on) < MARK ? ink : ownAccent);
      set('accent', strong);
      set('on-accent', legible(strong, [255, 255, 255], [0, 0, 0]));
      set('link', legible(on, strong));
    }
    if (looks.font) {
      const fonts = `${looks.font}, system-ui, sans-serif`;
      if (CSS.supports('font-family', fonts)) root.style.setProperty('--font', fonts);
      else refuse('font', 'is no list of fonts');
    }
    // In the style sheet this counts more than the theme.
    if (ground) root.dataset.ground = isDark() ? 'dark' : 'light';
    else delete root.dataset.ground;
    self.interleaveRefused = refused;
  }

  dress();
  // Once more, whenever the theme changes: of the page, or of the system.
  new MutationObserver(dress).observe(root, { attributeFilter: ['data-theme'] });
  systemIsDark.addEventListener('change', dress);

  // With a theme, the page around this one may give other colours. The app sets the theme afterwards.
  addEventListener('message', ({ source, data }) => {
    if (self.parent !== self && source === self.parent && data?.type === 'interleave:theme') looks = { ...looks, ...data };
  });
})();
