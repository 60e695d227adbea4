/** How the element looks unless the page says otherwise: by the custom properties named here, and by its parts. */
const css = `
:host {
  --_text: var(--parley-text, light-dark(#1b1d21, #e8e9ec));
  --_dim: var(--parley-dim, light-dark(#555b66, #a5acb8));
  --_surface: var(--parley-surface, light-dark(#ffffff, #1c1f25));
  --_line: var(--parley-line, light-dark(#d9d9d2, #363b45));
  --_link: var(--parley-link, light-dark(#17478a, #9cc3ff));
  --_fresh: var(--parley-fresh, light-dark(#fff3cf, #3a3115));
  --_kind: var(--parley-kind, light-dark(#5b6068, #b3bac6));
  display: block;
  color-scheme: light dark;
  container-type: inline-size;
  padding: var(--parley-space, 0.75rem);
  border: 1px solid var(--_line);
  border-radius: var(--parley-radius, 0.375rem);
  color: var(--_text);
  background: var(--_surface);
  font: var(--parley-size, 0.9375rem) / 1.45 var(--parley-font, system-ui, sans-serif);
  overflow-wrap: anywhere;
}
:host([hidden]) { display: none; }
:host([theme="light"]) { color-scheme: light; }
:host([theme="dark"]) { color-scheme: dark; }
* { box-sizing: border-box; }
h2, h3, p, ol, ul { margin: 0; padding: 0; }
ol, ul { list-style: none; }
h2 { font-size: 1.125em; }
h3 { font-size: 1em; line-height: 1.3; }
header { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 0.75rem; margin-block-end: 0.5rem; }
a { color: var(--_link); text-underline-offset: 0.15em; }
h3 a { color: inherit; text-decoration: none; }
h3 a:hover { text-decoration: underline; }
a:focus-visible { outline: 2px solid var(--_link); outline-offset: 2px; }
ol > li { padding: 0.5rem 0.75rem; border-block-end: 1px solid var(--_line); border-inline-start: 3px solid var(--_kind); }
ol > li:last-child { border-block-end: 0; }
li.new { animation: arrive 2.5s ease-out; }
@keyframes arrive { from { background: var(--_fresh); } }
@media (prefers-reduced-motion: reduce) { li.new { animation: none; } }
.kind-talk { --_kind: var(--parley-talk, light-dark(#6a3fa0, #cbb0f7)); }
.kind-exchange { --_kind: var(--parley-exchange, light-dark(#0b6a75, #7fd5df)); }
.kind-pledge { --_kind: var(--parley-pledge, light-dark(#1c6b34, #8ed9a4)); }
.kind-agreement { --_kind: var(--parley-agreement, light-dark(#17478a, #9cc3ff)); }
.kind-incident { --_kind: var(--parley-incident, light-dark(#a81f18, #ff9a91)); }
[part="marks"], [part="facts"] { display: flex; flex-wrap: wrap; gap: 0 0.75rem; font-size: 0.8667em; }
[part="kind"] { color: var(--_kind); font-weight: 700; }
[part="action"] { font-weight: 600; }
[part="facts"], [part="state"], em { color: var(--_dim); }
[part="state"] { font-size: 0.8667em; }
q { font-style: italic; }
.unseen { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
`

/** Its style sheet, which all elements of a page share. A page's own policy for styles does not stop it. */
export function styleSheet(): CSSStyleSheet {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(css)
  return sheet
}
