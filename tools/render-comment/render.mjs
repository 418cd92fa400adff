// Renders Markdown as GitHub shows a comment, diagrams included, to a PNG.
// usage: node render.mjs IN.md OUT.png [light|dark] [WIDTH]
// needs: `npm ci` in this directory, and Chromium (apt install chromium fonts-noto-color-emoji), or CHROMIUM=path
// exit status: 1 when a diagram does not parse
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { marked } from 'marked';

const [source, target, theme = 'light', width = '900'] = process.argv.slice(2);
if (!source || !target || !['light', 'dark'].includes(theme)) {
  console.error('usage: node render.mjs IN.md OUT.png [light|dark] [WIDTH]');
  process.exit(2);
}
const modules = path.join(path.dirname(fileURLToPath(import.meta.url)), 'node_modules');
const escape = (text) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');
const shade = theme === 'dark' ? { '+': '#12261e', '-': '#25171c' } : { '+': '#dafbe1', '-': '#ffebe9' };

const code = ({ text, lang }) => {
  if (lang === 'mermaid') return `<pre class="mermaid">${escape(text)}</pre>`;
  const lines = text.split('\n').map((line) => {
    const colour = lang === 'diff' ? shade[line[0]] : undefined;
    return colour ? `<span style="display:block;background:${colour}">${escape(line)}</span>` : `${escape(line)}\n`;
  });
  const title = lang === 'suggestion' ? '<div class="title">Suggested change</div>' : '';
  return `<div class="highlight">${title}<pre>${lines.join('')}</pre></div>`;
};
marked.use({ gfm: true, renderer: { code } });

const css = fs.readFileSync(path.join(modules, 'github-markdown-css', `github-markdown-${theme}.css`), 'utf8');
const dark = theme === 'dark';
const page = `<!doctype html><meta charset="utf-8"><style>${css}
body { margin: 0; padding: 16px; background: ${dark ? '#0d1117' : '#fff'}; }
.comment { border: 1px solid ${dark ? '#3d444d' : '#d1d9e0'}; border-radius: 6px; }
.markdown-body { padding: 16px; font-family: "Liberation Sans", "Noto Color Emoji", sans-serif; }
.title { padding: 6px 16px; border: 1px solid ${dark ? '#3d444d' : '#d1d9e0'}; font-size: 12px; }
pre.mermaid { background: transparent !important; text-align: center; }
</style><div class="comment"><article class="markdown-body">${marked.parse(fs.readFileSync(source, 'utf8'))}</article></div>
<script src="${pathToFileURL(path.join(modules, 'mermaid/dist/mermaid.min.js'))}"></script><script>
document.querySelectorAll('details').forEach((d) => { d.dataset.open = d.open; d.open = true; });
mermaid.initialize({ startOnLoad: false, theme: '${dark ? 'dark' : 'default'}' });
mermaid.run({ querySelector: '.mermaid' }).then(() => {
  document.querySelectorAll('details').forEach((d) => { d.open = ${process.env.OPEN === 'all'} || d.dataset.open === 'true'; });
  document.title = 'height=' + Math.ceil(document.body.getBoundingClientRect().height);
}).catch((e) => { document.title = 'error=' + (e.str || e); });
</script>`;

const work = fs.mkdtempSync(path.join(os.tmpdir(), 'render-comment-'));
try {
  const html = path.join(work, 'page.html');
  fs.writeFileSync(html, page);
  const chromium = (...more) =>
    execFileSync(process.env.CHROMIUM ?? 'chromium',
      ['--headless=new', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--virtual-time-budget=20000',
        '--allow-file-access-from-files', `--user-data-dir=${work}`, ...more, pathToFileURL(html).href],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 1 << 28 });
  const title = chromium(`--window-size=${width},1000`, '--dump-dom').match(/<title>(height|error)=([^<]*)<\/title>/);
  if (title?.[1] !== 'height') {
    console.error(`render-comment: a diagram does not parse: ${title?.[2] ?? 'Chromium said nothing'}`);
    process.exitCode = 1;
  } else {
    chromium(`--window-size=${width},${Number(title[2]) + 16}`, `--screenshot=${path.resolve(target)}`);
  }
} finally {
  fs.rmSync(work, { recursive: true, force: true });
}
