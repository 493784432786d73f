/** Follows the reader's preference for dark or light; wide enough for a slide, narrow enough for a phone. */
export const PAGE_STYLE = `
:root{color-scheme:light dark;--back:#fbfbfa;--card:#fff;--text:#1c2024;--soft:#5b6570;--line:#dfe3e6;--link:#0b62c4;--code:#f1f3f5}
@media(prefers-color-scheme:dark){:root{--back:#101316;--card:#171b1f;--text:#e7eaed;--soft:#9aa5b0;--line:#2a3036;--link:#71b0ff;--code:#1f252b}}
*{box-sizing:border-box}
body{margin:0;background:var(--back);color:var(--text);font:16px/1.55 system-ui,sans-serif}
a{color:var(--link)}
header,nav,main{max-width:68rem;margin:0 auto;padding:1rem 1.25rem}
header h1{margin:1rem 0 0;font-size:1.9rem}
nav{display:flex;flex-wrap:wrap;gap:.4rem 1.2rem;border-bottom:1px solid var(--line)}
section{padding:1.5rem 0 2rem;border-bottom:1px solid var(--line)}
h2{margin:0 0 .3rem;font-size:1.45rem}
h3{margin:1.6rem 0 .5rem;font-size:1.05rem}
code,pre{font:.88em/1.5 ui-monospace,monospace;background:var(--code);border-radius:4px}
code{padding:.1em .3em;overflow-wrap:anywhere}
pre{margin:.3rem 0 0;padding:.8rem;overflow:auto;max-height:28rem}
.url{margin:.2rem 0}
.note,small,figcaption{color:var(--soft)}
dl{margin:0}
dt{margin-top:.8rem}
dd{margin:0 0 0 1.2rem}
dd p{margin:.2rem 0}
details{margin:.4rem 0;padding:.5rem .9rem;background:var(--card);border:1px solid var(--line);border-radius:8px}
details:has(:target){border-color:var(--link)}
summary{cursor:pointer}
figure{margin:.9rem 0 .3rem}
.schema{margin:.6rem 0;scroll-margin-top:4rem}
.schema ul{margin:.2rem 0;padding-left:1.1rem;list-style:none;border-left:1px solid var(--line)}
.schema li{margin:.15rem 0}
.name{font-weight:600}
`;
