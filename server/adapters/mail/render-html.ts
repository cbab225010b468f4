import { routeStops } from '#domain/waybill/route.ts';
import { type Html, html } from './html.ts';
import type { Letter } from './letter.ts';

// The tokens of app/_ui/tokens.css in sRGB: mail programs know no OKLCH. Inline is light; the style element turns dark.
const light = { page: '#f3f7f7', sheet: '#ffffff', ink: '#0a2129', muted: '#4b5f65', rule: '#d8e0e1' };
const primary = '#0f5666';
const onPrimary = '#f9fdfd';
const hivis = '#ddeb33';
const sans = `Geist, 'Segoe UI', system-ui, -apple-system, Helvetica, Arial, sans-serif`;
const mono = `'Geist Mono', ui-monospace, SFMono-Regular, Menlo, Consolas, monospace`;

const styles = html`
  body { margin: 0; }
  @media (max-width: 480px) {
    .pad { padding-left: 16px !important; padding-right: 16px !important; }
    .stop { font-size: 0 !important; line-height: 0 !important; }
    .stop-now { font-size: 12px !important; line-height: 16px !important; white-space: nowrap; }
  }
  @media (prefers-color-scheme: dark) {
    .page { background: #0a1316 !important; }
    .sheet { background: #111b1e !important; }
    .ink { color: #eaf2f3 !important; }
    .muted { color: #9dacb0 !important; }
    .rule { border-color: #283438 !important; }
    .done { background: #eaf2f3 !important; border-color: #eaf2f3 !important; }
    .now { border-color: #eaf2f3 !important; }
    .action { background: #63c4d7 !important; color: #051920 !important; }
  }
`;

const table = (more: string, rows: Html | readonly Html[]): Html =>
  html`<table role="presentation" cellpadding="0" cellspacing="0" border="0" width="100%" class="rule" style="border-collapse:collapse;${more}">${rows}</table>`;

const stopAt = (index: number, reached: number): Html => {
  const round =
    'display:block;box-sizing:border-box;width:12px;height:12px;border-radius:6px;font-size:0;line-height:0';
  if (index === reached)
    return html`<span class="now" style="${round};background:${hivis};border:2px solid ${light.ink}">&nbsp;</span>`;
  if (index < reached)
    return html`<span class="done" style="${round};background:${light.ink};border:2px solid ${light.ink}">&nbsp;</span>`;
  return html`<span class="muted" style="${round};border:2px dotted ${light.muted}">&nbsp;</span>`;
};

/** The route line: solid where the order has been, dashed where it is planned to go. */
const route = (reached: number): Html => {
  const last = routeStops.length - 1;
  const words = `The order has reached: ${routeStops[reached]}.`;
  const line = (index: number) =>
    index < reached
      ? html`<span class="now" style="display:block;height:0;border-top:2px solid ${light.ink}"></span>`
      : html`<span style="display:block;height:0;border-top:2px dashed ${light.muted}"></span>`;
  const dots = routeStops.map((_, index) => {
    const rest = index < last ? html`<td valign="middle">${line(index)}</td>` : html`<td></td>`;
    return html`<td width="20%">${table('', html`<tr><td width="12">${stopAt(index, reached)}</td>${rest}</tr>`)}</td>`;
  });
  const labels = routeStops.map(
    (stop, index) =>
      html`<td class="stop ${index === reached ? 'stop-now' : ''} ${index <= reached ? 'ink' : 'muted'}" style="padding-top:6px;font:${index === reached ? 600 : 400} 12px/16px ${sans};color:${index <= reached ? light.ink : light.muted}">${stop}</td>`,
  );
  return html`<div role="img" aria-label="${words}" style="padding:4px 0 20px">${table('', html`<tr>${dots}</tr><tr>${labels}</tr>`)}</div>`;
};

const cell = (align: 'left' | 'right', more = ''): Html =>
  html`class="ink rule" align="${align}" valign="top" style="padding:9px 0;border-bottom:1px solid ${light.rule};font:400 15px/22px ${sans};color:${light.ink};${more}"`;

const items = ({ items: shown, itemsLeftOut }: Letter): Html | null =>
  shown.length === 0
    ? null
    : table(`margin-top:8px;border-top:1px solid ${light.rule}`, [
        ...shown.map(
          ({ quantity, name, amount }) =>
            html`<tr><td ${cell('left', 'word-break:break-word')}><span class="muted" style="color:${light.muted}">${quantity} ×</span> ${name}</td><td ${cell('right', 'padding-left:16px;white-space:nowrap')}>${amount}</td></tr>`,
        ),
        ...(itemsLeftOut > 0 ? [html`<tr><td colspan="2" ${cell('left')}>and ${itemsLeftOut} more</td></tr>`] : []),
      ]);

const sums = ({ sums: all }: Letter): Html | null =>
  all.length === 0
    ? null
    : table(
        'margin-top:8px',
        all.map(({ label, amount, isTotal }) => {
          const look = isTotal ? `600 20px/28px ${sans}` : `400 14px/20px ${sans}`;
          const tone = isTotal ? 'ink' : 'muted';
          return html`<tr><td class="${tone}" style="padding:3px 0;font:${look};color:${light[tone]}">${label}</td><td class="ink" align="right" style="padding:3px 0 3px 16px;font:${look};color:${light.ink};white-space:nowrap">${amount}</td></tr>`;
        }),
      );

const facts = ({ facts: all }: Letter): Html | null =>
  all.length === 0
    ? null
    : table(
        `margin-top:16px;border-top:1px solid ${light.rule}`,
        all.map(
          ({ caption, value, isCode }) =>
            html`<tr><td class="rule" style="padding:9px 0;border-bottom:1px solid ${light.rule}"><span class="muted" style="display:block;font:500 12px/16px ${sans};color:${light.muted}">${caption}</span><span class="ink" style="font:400 15px/22px ${isCode ? mono : sans};color:${light.ink};word-break:break-word">${value}</span></td></tr>`,
        ),
      );

/** A letter as a mail's HTML. Everything in it is escaped; nothing is loaded from anywhere, so that nobody is watched reading. */
export const renderHtml = (letter: Letter): string => {
  const { subject, preview, heading, orderNumber, reached, paragraphs, action, aboutLink } = letter;
  const words = paragraphs.map(
    (paragraph) =>
      html`<p class="ink" style="margin:0 0 12px;font:400 16px/25px ${sans};color:${light.ink};word-break:break-word">${paragraph}</p>`,
  );
  const sheet = html`<tr><td class="pad sheet rule" style="padding:24px 32px 28px;background:${light.sheet};border:1px solid ${light.rule};border-radius:10px">
${table('', html`<tr><td class="ink" translate="no" style="font:600 18px/24px ${sans};letter-spacing:-0.03em;color:${light.ink}">Waybill</td><td class="muted" translate="no" align="right" style="font:500 13px/24px ${mono};color:${light.muted};word-break:break-all">${orderNumber}</td></tr>`)}
<h1 class="ink" style="margin:20px 0 12px;font:600 28px/34px ${sans};letter-spacing:-0.02em;color:${light.ink}">${heading}</h1>
${reached === null ? null : route(reached)}
${words}
${items(letter)}${sums(letter)}${facts(letter)}
<p style="margin:24px 0 0"><a class="action" href="${action.url}" style="display:inline-block;padding:14px 22px;border-radius:6px;background:${primary};color:${onPrimary};font:600 16px/20px ${sans};text-decoration:none">${action.label}</a></p>
</td></tr>
<tr><td class="pad muted" style="padding:16px 32px 0;font:400 13px/20px ${sans};color:${light.muted}">${aboutLink}</td></tr>`;
  const { markup } = html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><meta name="referrer" content="no-referrer"><title>${subject}</title><style>${styles}</style></head>
<body class="page" style="margin:0;padding:0;background:${light.page}">
<div style="display:none;max-height:0;overflow:hidden">${preview}</div>
<table role="presentation" class="page" cellpadding="0" cellspacing="0" border="0" width="100%" style="background:${light.page}"><tr><td align="center" style="padding:24px 12px 32px">
<!--[if mso]><table role="presentation" width="600"><tr><td><![endif]-->
${table('max-width:600px;text-align:left;table-layout:fixed', sheet)}
<!--[if mso]></td></tr></table><![endif]-->
</td></tr></table>
</body></html>
`;
  return markup;
};
