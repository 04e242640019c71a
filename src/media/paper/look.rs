//! How each kind of paragraph looks, in points of 1/72 inch.

use super::faces::Voice;
use super::{Style, Text};

/// A4 (ISO 216).
pub(super) const WIDTH: f32 = 595.28;
pub(super) const HEIGHT: f32 = 841.89;
pub(super) const MARGIN: f32 = 60.0;
/// Where the foot of a page begins.
pub(super) const FOOT: f32 = HEIGHT - 78.0;
pub(super) const BOTTOM: f32 = FOOT - 14.0;
pub(super) const COLUMN: f32 = WIDTH - 2.0 * MARGIN;
pub(super) const FOOT_SIZE: f32 = 7.5;

/// What each list pushes its items in by.
const STEP: f32 = 18.0;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Look {
    pub voice: Voice,
    pub size: f32,
    /// From one line to the next, in heights of letters, for the Latin script.
    pub leading: f32,
    pub before: f32,
    /// Pushed in from the side where lines begin.
    pub indent: f32,
    /// How thick the bar is at that side; none where it is 0.
    pub bar: f32,
    /// How many lines of what follows it stay on its page.
    pub keeps: u16,
}

impl Look {
    const fn of(voice: Voice, size: f32, leading: f32, before: f32) -> Self {
        Self {
            voice,
            size,
            leading,
            before,
            indent: 0.0,
            bar: 0.0,
            keeps: 0,
        }
    }

    const fn keeping(self, keeps: u16) -> Self {
        Self { keeps, ..self }
    }

    const fn beside(self, bar: f32, indent: f32) -> Self {
        Self {
            indent,
            bar,
            ..self
        }
    }

    /// From one line to the next, in points.
    pub(super) fn line(&self, script: f32) -> f32 {
        let own = match self.voice {
            Voice::Head => script * 1.02,
            Voice::Text | Voice::Strong | Voice::Slanted | Voice::Small => script * 1.2,
        };
        self.size * own.max(self.leading)
    }
}

pub(super) fn look(text: &Text) -> Look {
    let look = of_style(text.style);
    Look {
        indent: look.indent + f32::from(text.depth) * STEP,
        before: if text.depth > 0 { 4.0 } else { look.before },
        ..look
    }
}

const fn of_style(style: Style) -> Look {
    match style {
        Style::Room => Look::of(Voice::Head, 12.0, 1.2, 0.0).keeping(3),
        Style::Label => Look::of(Voice::Head, 10.0, 1.2, 14.0).keeping(3),
        Style::Title => Look::of(Voice::Head, 25.0, 1.1, 3.0).keeping(2),
        Style::Standfirst => Look::of(Voice::Text, 13.5, 1.35, 7.0),
        Style::Small => Look::of(Voice::Small, 8.5, 1.4, 5.0),
        Style::Notice => Look::of(Voice::Text, 10.5, 1.4, 8.0).beside(3.0, 11.0),
        Style::Heading(2) => Look::of(Voice::Head, 14.5, 1.2, 15.0).keeping(3),
        Style::Heading(_) => Look::of(Voice::Head, 12.0, 1.2, 12.0).keeping(3),
        Style::Body => Look::of(Voice::Text, 11.0, 1.42, 7.0),
        Style::Quote => Look::of(Voice::Text, 12.5, 1.4, 9.0).beside(1.0, 14.0),
    }
}

/// What stands below photos, and in tables.
pub(super) const CAPTION: Look = Look::of(Voice::Small, 8.5, 1.35, 3.0);
pub(super) const CELL: Look = Look::of(Voice::Text, 9.5, 1.35, 0.0);
pub(super) const HEADER: Look = Look::of(Voice::Strong, 9.5, 1.35, 0.0);
