//! What was measured as a page, with plots.

use super::{Measured, Report};
use crate::curves::{Curve, Point};
use crate::figures::{Budget, Figure, Spread};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use plotters::prelude::*;

/// The size of a plot in pixels.
const PLOT: (u32, u32) = (640, 320);

const STYLE: &str = "body { font: 16px/1.5 system-ui; max-width: 70rem; margin: 2rem auto; padding: 0 1rem }
table { border-collapse: collapse; width: 100% } td, th { padding: .3rem .6rem; border-bottom: 1px solid #ccc; text-align: left }
td.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap } .missed { font-weight: bold }
figure { display: inline-block; margin: 1rem 1rem 0 0 }";

/// The whole page.
pub fn of(report: &Report) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width";
                title { "Comptoir, measured" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                h1 { "Comptoir, measured" }
                p {
                    "Medians, with the least and the most that were measured; each row as it was measured last. \
                     How: docs/performance.md."
                }
                @for row in &report.rows { (section(row)) }
            }
        }
    }
}

fn section(Measured { row, at, commit, figures, curves }: &Measured) -> Markup {
    html! {
        h2 { (row) }
        p { (at) @if let Some(commit) = commit { ", " (commit) } }
        @if !figures.is_empty() { (table(figures)) }
        @for curve in curves {
            figure {
                figcaption { (curve.cost) ", along " (curve.along) }
                (PreEscaped(plot(curve)))
            }
        }
    }
}

fn table(figures: &[Figure]) -> Markup {
    html! {
        table {
            thead { tr { th { "what" } th { "Comptoir" } th { "bare" } th { "ratio" } th { "budget" } } }
            tbody {
                @for figure in figures {
                    tr {
                        td { (figure.name) }
                        td.number { (spread(figure.ours)) }
                        td.number { @if let Some(bare) = figure.bare { (spread(bare)) } }
                        td.number { @if let Some(ratio) = figure.ratio { (format!("{ratio:.2}")) } }
                        td.missed[figure.met == Some(false)] { @if let Some(budget) = figure.budget { (bound(budget)) (verdict(figure.met)) } }
                    }
                }
            }
        }
    }
}

fn spread(Spread { median, least, most }: Spread) -> String {
    format!("{median:.3} ({least:.3} to {most:.3})")
}

fn bound(budget: Budget) -> String {
    match budget {
        Budget::AtLeast(bound) => format!("≥ {bound}"),
        Budget::AtMost(bound) => format!("≤ {bound}"),
    }
}

const fn verdict(met: Option<bool>) -> &'static str {
    match met {
        Some(true) => ", met",
        Some(false) => ", not met",
        None => "",
    }
}

/// A curve as SVG: its sizes are powers of ten, its costs begin at 0, so that flat looks flat.
fn plot(curve: &Curve) -> String {
    let mut svg = String::new();
    draw(curve, SVGBackend::with_string(&mut svg, PLOT)).expect("a plot can be drawn into memory");
    svg
}

fn draw<B: DrawingBackend>(curve: &Curve, backend: B) -> Result<(), DrawingAreaErrorKind<B::ErrorType>> {
    let (ink, last) = (RGBColor(33, 84, 153), curve.points.last().map_or(1, |point| point.size));
    let highest = curve.points.iter().map(|point| point.cost).fold(f64::MIN_POSITIVE, f64::max);
    let root = backend.into_drawing_area();
    let mut chart = ChartBuilder::on(&root)
        .margin(16)
        .x_label_area_size(40)
        .y_label_area_size(56)
        .build_cartesian_2d((1..last + 1).log_scale(), 0.0..highest * 1.15)?;
    chart.configure_mesh().x_desc(&curve.along).draw()?;
    let points = || curve.points.iter().map(|&Point { size, cost }| (size, cost));
    chart.draw_series(LineSeries::new(points(), ink.stroke_width(2)))?;
    chart.draw_series(points().map(|point| Circle::new(point, 4, ink.filled())))?;
    root.present()
}
