//! Colours and lines, on light, dark and paper.

/// The style sheet of the picture, for its own elements alone.
pub(super) const STYLE: &str = "\
.asrun-chart{--paper:#fff;--ink:#1f2328;--soft:#57606a;--line:#afb8c1;--early:#0550ae;--late:#953800;\
--time:#116329;--mark:#6639ba;font:13px system-ui,\"Noto Sans KR\",\"Noto Sans CJK KR\",sans-serif}\
@media(prefers-color-scheme:dark){.asrun-chart{--paper:#0d1117;--ink:#f0f6fc;--soft:#9198a1;--line:#57606a;\
--early:#79c0ff;--late:#ffa657;--time:#7ee787;--mark:#d2a8ff}}\
@media print{.asrun-chart{--paper:#fff;--ink:#000;--soft:#444;--line:#888;--early:#0550ae;--late:#953800;\
--time:#116329;--mark:#6639ba}}\
.asrun-chart text{fill:var(--ink)}.asrun-chart .soft{fill:var(--soft);font-size:12px}\
.asrun-chart .when{font-weight:600;font-variant-numeric:tabular-nums}.asrun-chart .key{font-weight:600}\
.asrun-chart .head{font-weight:700}.asrun-chart .title{font-weight:700;font-size:16px}\
.asrun-chart .ground{fill:var(--paper)}.asrun-chart .lane{stroke:var(--line);stroke-width:2}\
.asrun-chart .cut{fill:none;stroke:var(--soft);stroke-width:1.5}.asrun-chart .day{stroke:var(--line);stroke-dasharray:1 3}\
.asrun-chart .step{fill:var(--soft);stroke:var(--soft);stroke-width:1.5}\
.asrun-chart .open{fill:var(--paper)}.asrun-chart .dashed{stroke-dasharray:2 1.5}.asrun-chart .cross{stroke:var(--soft);stroke-width:1.5}\
.asrun-chart .planned{fill:var(--ink);stroke:var(--ink);stroke-width:1.5}\
.asrun-chart .unplanned{fill:var(--paper);stroke:var(--ink);stroke-width:1.8}\
.asrun-chart .milestone,.asrun-chart .severity{fill:var(--mark);stroke:var(--mark)}\
.asrun-chart .span{fill:var(--ink);opacity:.3}.asrun-chart .window{fill:var(--soft);opacity:.4}\
.asrun-chart .link{fill:none;stroke-width:2}.asrun-chart .on-time{stroke:var(--time)}\
.asrun-chart .early{stroke:var(--early);stroke-dasharray:6 4}.asrun-chart .late{stroke:var(--late);stroke-width:3}\
.asrun-chart .not-recorded{stroke:var(--soft);stroke-dasharray:1 4}\
.asrun-chart .undetected{color:var(--late)}.asrun-chart .detected{color:var(--early)}\
.asrun-chart .mitigating{color:var(--mark)}.asrun-chart .mitigated{color:var(--time)}\
.asrun-chart .tint{fill:currentColor;opacity:.14}.asrun-chart .band{stroke:currentColor;stroke-width:.8}.asrun-chart .phase{fill:currentColor;font-size:12px;font-weight:600}";
