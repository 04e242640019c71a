//! Where everything stands on a card, as an SVG of paths.

use super::lines::{Line, Script, Setting, held, line};
use super::{Card, Faces, HEIGHT, WIDTH};

const MARGIN: f64 = 72.0;
/// Label and foot.
const SMALL: f64 = 36.0;
const LABEL_BASE: f64 = 112.0;
const ICON: f64 = 38.0;
/// Between the drawing and the words of the label.
const GAP: f64 = 14.0;
const RULE_TOP: f64 = 518.0;
const FOOT_BASE: f64 = 574.0;
/// Between these the title stands, from the top down.
const TITLE_TOP: f64 = 152.0;
const TITLE_END: f64 = 500.0;
/// The sizes that are tried; the last one may be cut.
const SIZES: [f64; 7] = [112.0, 96.0, 84.0, 74.0, 66.0, 58.0, 52.0];

/// The card, whose every letter is an outline.
pub(super) fn svg(card: &Card, faces: &Faces) -> String {
    let sheet = Sheet { card, faces };
    let mut marks = sheet.paper();
    marks.push_str(&sheet.label());
    marks.push_str(&sheet.title());
    marks.push_str(&sheet.foot());
    format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}">{marks}</svg>"#
    )
}

struct Sheet<'a> {
    card: &'a Card,
    faces: &'a Faces,
}

impl Sheet<'_> {
    fn width() -> f64 {
        f64::from(WIDTH) - 2.0 * MARGIN
    }

    /// The left end of what is that wide, at the side where the title begins.
    fn left(&self, wide: f64) -> f64 {
        if self.card.leftwards {
            f64::from(WIDTH) - MARGIN - wide
        } else {
            MARGIN
        }
    }

    fn paper(&self) -> String {
        let colours = &self.card.colours;
        let mut marks = rectangle(
            (0.0, 0.0),
            (f64::from(WIDTH), f64::from(HEIGHT)),
            &colours.paper,
        );
        if let Some(edge) = &colours.edge {
            const BAR: f64 = 24.0;
            let place = (0.0, f64::from(HEIGHT) - BAR);
            marks.push_str(&rectangle(place, (f64::from(WIDTH), BAR), edge));
        }
        marks
    }

    /// One line that reads as its own first letter does.
    fn small(&self, words: &str, size: f64, room: f64) -> Option<Line> {
        let setting = Setting {
            faces: self.faces,
            script: Script {
                language: &self.card.language,
                leftwards: None,
            },
            width: room / size,
        };
        let (mut lines, _) = setting.lines(&held(self.faces, words, &self.card.language), 1);
        lines.pop().filter(|line| line.width > 0.0)
    }

    /// The drawing and the words beside it, at the side where the title begins.
    fn label(&self) -> String {
        const PADDING: f64 = 16.0;
        let room = Self::width() - ICON - GAP - 2.0 * PADDING;
        let line = self.small(&self.card.label, SMALL, room);
        let words = line.as_ref().map_or(0.0, |line| line.width * SMALL);
        let icon = match (self.card.icon.is_empty(), words > 0.0) {
            (true, _) => 0.0,
            (false, true) => ICON + GAP,
            (false, false) => ICON,
        };
        if icon + words == 0.0 {
            return String::new();
        }
        let colours = &self.card.colours;
        let Some((paper, ink)) = &colours.mark else {
            return self.labelled(
                line.as_ref(),
                (self.left(icon + words), words),
                &colours.ink,
            );
        };
        let wide = icon + words + 2.0 * PADDING;
        let left = self.left(wide);
        let place = (left, LABEL_BASE - SMALL - 8.0);
        let mark = rectangle(place, (wide, SMALL + 26.0), paper);
        mark + &self.labelled(line.as_ref(), (left + PADDING, words), ink)
    }

    fn labelled(&self, line: Option<&Line>, (left, words): (f64, f64), ink: &str) -> String {
        let drawing = &self.card.icon;
        let (icon_left, words_left) = if drawing.is_empty() {
            (left, left)
        } else if self.card.leftwards {
            (left + words + if line.is_some() { GAP } else { 0.0 }, left)
        } else {
            (left, left + ICON + GAP)
        };
        let (scale, top) = (ICON / 24.0, LABEL_BASE - SMALL + 3.0);
        let outline = line.map(|line| line.outline(self.faces, (words_left, LABEL_BASE), SMALL));
        format!(
            r#"<g fill="{ink}" transform="translate({icon_left:.1} {top:.1}) scale({scale:.3})">{drawing}</g>{}"#,
            path(&outline.unwrap_or_default(), ink)
        )
    }

    /// The title as large as it fits.
    fn title(&self) -> String {
        let words = held(self.faces, &self.card.title, &self.card.language);
        let script = Script {
            language: &self.card.language,
            leftwards: Some(self.card.leftwards),
        };
        let whole = line(self.faces, &words, script);
        let leading = whole.leading.max(1.0);
        let (mut size, mut lines) = (0.0, Vec::new());
        for tried in SIZES {
            let most = [6, 5, 4, 3, 2, 1]
                .into_iter()
                .find(|count| f64::from(*count) * tried * leading <= TITLE_END - TITLE_TOP)
                .unwrap_or(1);
            let setting = Setting {
                faces: self.faces,
                script,
                width: Self::width() / tried,
            };
            let (set, all) = setting.lines(&words, usize::try_from(most).unwrap_or(1));
            (size, lines) = (tried, set);
            if all {
                break;
            }
        }
        let (mut marks, mut top) = (String::new(), TITLE_TOP);
        for line in &lines {
            // Letters stand on a line four fifths down, what is above and below the script's own.
            let base = top + size * (leading - 1.0) / 2.0 + size * 0.82;
            let place = (self.left(line.width * size), base);
            marks.push_str(&line.outline(self.faces, place, size));
            top += size * leading;
        }
        path(&marks, &self.card.colours.ink)
    }

    fn foot(&self) -> String {
        const RULE: f64 = 4.0;
        let ink = &self.card.colours.ink;
        let Some(line) = self.small(&self.card.foot, SMALL, Self::width()) else {
            return String::new();
        };
        let mut marks = rectangle((MARGIN, RULE_TOP), (Self::width(), RULE), ink);
        let place = (self.left(line.width * SMALL), FOOT_BASE);
        marks.push_str(&path(&line.outline(self.faces, place, SMALL), ink));
        marks
    }
}

fn rectangle((left, top): (f64, f64), (width, height): (f64, f64), fill: &str) -> String {
    format!(r#"<path fill="{fill}" d="M{left:.1} {top:.1}h{width:.1}v{height:.1}h-{width:.1}z"/>"#)
}

/// Outlines of one colour; of nothing, nothing.
fn path(data: &str, fill: &str) -> String {
    if data.is_empty() {
        return String::new();
    }
    format!(r#"<path fill="{fill}" d="{data}"/>"#)
}
