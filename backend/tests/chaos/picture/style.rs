//! The picture's colours, the same as the page's (`style/tokens.css`), in light and dark.

/// The style sheet.
pub const STYLE: &str = "
:root {
  --paper: #f5f4f1; --card: #ffffff; --line: #e2dfd8; --ink: #191c1a; --soft: #585e58; --ghost: #a9ada6;
  --works: #6aa98e; --waits: #bcd3c8; --frozen: #4a7fc1; --stops: #c47a0a; --calm: #e4f2eb; --red: #b0241c;
  --saved: #0b6a4b; --accepted: #7a62b3;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #141715; --card: #1d211f; --line: #323834; --ink: #eff1ee; --soft: #a9b1aa; --ghost: #59605b;
    --works: #2f8f6b; --waits: #3a5f50; --frozen: #6ea4ea; --stops: #f3b755; --calm: #17332a; --red: #ff9189;
    --saved: #42cf99; --accepted: #b9a3ee;
  }
}
text { font: 13px system-ui, sans-serif; fill: var(--ink); }
text.title { font-size: 16px; font-weight: 600; }
text.soft, text.right, text.middle { fill: var(--soft); }
text.right { text-anchor: end; }
text.middle { text-anchor: middle; }
text.red { fill: var(--red); }
text.badge { fill: var(--paper); font-weight: 600; text-anchor: middle; }
.paper { fill: var(--paper); }
.lane { fill: var(--card); }
.calm { fill: var(--calm); }
.works { fill: var(--works); }
.waits { fill: var(--waits); }
.frozen { fill: var(--frozen); }
.stops { fill: var(--stops); }
.cross { stroke: var(--ink); stroke-width: 2; fill: none; }
.sale { stroke: var(--ink); stroke-width: 1; opacity: 0.75; }
.grid { stroke: var(--line); stroke-width: 1; }
.accepted { stroke: var(--accepted); stroke-width: 1.5; fill: none; }
.saved { stroke: var(--saved); stroke-width: 1.5; fill: none; }
.violation { stroke: var(--red); stroke-width: 2; stroke-dasharray: 4 3; }
.red { fill: var(--red); }
";
