/** The look of the HTML page: system fonts, two palettes, tables that become lists on a narrow screen. */

export const STYLE = `
:root{--ink:#1c2024;--quiet:#5b6570;--paper:#f6f7f8;--card:#fff;--line:#dde1e5;--good:#1a7f4b;--warn:#9a6200;--bad:#b3261e;--mark:#ffe08a;--mark-ink:#1c2024;--code:#eef1f4}
@media (prefers-color-scheme:dark){:root{--ink:#e6e9ec;--quiet:#9aa5b1;--paper:#15181b;--card:#1d2125;--line:#343a41;--good:#5fd39a;--warn:#f0b64f;--bad:#ff8a80;--mark:#6b5300;--mark-ink:#fff3cf;--code:#282d33}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;overflow-wrap:anywhere}
main{max-width:68rem;margin:0 auto;padding:1.5rem 1rem 3rem}
h1{font-size:1.4rem;line-height:1.25;margin:.4rem 0}
h2{font-size:1.15rem;line-height:1.35;margin:0 0 .4rem}
h3{font-size:.85rem;letter-spacing:.04em;text-transform:uppercase;color:var(--quiet);margin:1.4rem 0 .4rem}
section{margin:1.5rem 0}
p{margin:.4rem 0}
ul{padding-left:1.2rem;margin:.4rem 0}
li{margin:.45rem 0}
summary{cursor:pointer}
summary h2{display:inline}
.card{background:var(--card);border:1px solid var(--line);border-left-width:5px;border-radius:8px;padding:1rem 1.2rem;margin:.8rem 0}
.card.proven{border-left-color:var(--bad)}
.card.likely{border-left-color:var(--warn)}
details.card>summary+*{margin-top:1rem}
.badge{display:inline-block;margin:0;padding:.1rem .6rem;border-radius:1rem;border:1px solid currentColor;font-size:.85rem;font-weight:600}
.badge.accepted{color:var(--good)}
.badge.proven{color:var(--bad)}
.badge.likely,.badge.unexplained,.badge.nothing-read{color:var(--warn)}
.quiet,.note,figcaption,footer{color:var(--quiet);font-size:.9rem}
.ids{margin:0 0 .6rem}
.tag{font-size:.8rem;border:1px solid var(--line);border-radius:4px;padding:0 .35rem}
code,pre,.frame td,.compare td,.excerpt td{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.875rem;unicode-bidi:isolate;direction:ltr}
code{background:var(--code);border-radius:4px;padding:.05rem .3rem}
pre{background:var(--code);border-radius:6px;padding:.6rem .8rem;margin:.4rem 0;white-space:pre-wrap;user-select:all}
mark{background:var(--mark);color:var(--mark-ink);border-radius:2px;text-decoration:underline;text-decoration-thickness:2px;text-underline-offset:3px}
figure{margin:1rem 0}
figcaption{margin-bottom:.3rem}
table{border-collapse:collapse;width:100%}
th{text-align:left;font-weight:400;color:var(--quiet);font-size:.85rem;vertical-align:top;padding:.25rem .8rem .25rem 0;white-space:nowrap}
td{vertical-align:top;padding:.25rem .4rem;white-space:pre-wrap}
td i{color:var(--quiet);font-family:system-ui,sans-serif}
.frame,.excerpt table{background:var(--code);border-radius:6px}
.frame th,.excerpt th{padding-left:.8rem;width:1%}
.excerpt{margin:.4rem 0}
.excerpt summary{font-size:.9rem;color:var(--quiet)}
.excerpt table{margin-top:.4rem}
.excerpt .here th{color:var(--ink);font-weight:700}
.excerpt .here th::before{content:"\\25B8 "}
.compare{table-layout:fixed;margin-top:.6rem}
.compare th[scope=row],.compare thead td{width:2.6rem}
.compare tr+tr td,.compare tr+tr th{border-top:1px solid var(--line)}
.compare .differs td,.compare .differs th{background:var(--code)}
.compare .differs th{font-weight:700;color:var(--ink);padding-left:.4rem}
dl{margin:.6rem 0}
dt{font-weight:600;margin-top:.6rem}
dd{margin:0}
dd code{display:inline-block;margin:.1rem 0}
footer{border-top:1px solid var(--line);margin-top:2rem;padding-top:.6rem}
@media (max-width:44rem){
main{padding:1rem .7rem 2rem}
.card{padding:.8rem}
.frame tr{display:block}
.frame th,.frame td{display:block;padding:.15rem .6rem;width:auto}
.compare thead{display:none}
.compare tr{display:block;border-top:1px solid var(--line);padding:.3rem 0}
.compare td,.compare th{display:block;width:auto!important;border:0!important;padding:.1rem .4rem}
.compare td::before{content:attr(data-side);display:block;font-family:system-ui,sans-serif;font-size:.75rem;color:var(--quiet)}
}
@media print{
:root{--ink:#000;--quiet:#444;--paper:#fff;--card:#fff;--line:#bbb;--good:#1a7f4b;--warn:#9a6200;--bad:#b3261e;--mark:#ddd;--mark-ink:#000;--code:#f4f4f4}
body{font-size:11pt}
main{max-width:none;padding:0}
figure,li,tr,pre{break-inside:avoid}
h2,h3,dt{break-after:avoid}
.card{padding:.6rem .9rem}
section{margin:.8rem 0}
details:not(.ruled)::details-content{content-visibility:visible;block-size:auto}
}
`
