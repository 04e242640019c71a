//! Rows of tents under the hills.

use super::brush::{Ink, Sheet, Spot, trace};
use super::chance::Chance;
use super::colour::{Hue, Palette, earthy};
use super::land;
use super::people::{Person, Pose, shadow};

pub(super) fn camp(sheet: &mut Sheet, chance: &mut Chance) {
    let palette = earthy(chance);
    let (wide, high) = (sheet.wide, sheet.high);
    let base = high * 0.46;
    let [far, middle, near, _] = palette.layers;
    land::sky(sheet, &palette, base);
    land::clouds(sheet, chance, (20.0, base * 0.7), palette.pale);
    land::sun(
        sheet,
        &palette,
        (wide * chance.between(0.16, 0.3), high * 0.2),
        38.0,
    );
    land::peaks(sheet, chance, (base, high * 0.24), far);
    land::haze(sheet, base - 20.0, 70.0, palette.sky[1].fade(0.7));
    land::hills(
        sheet,
        chance,
        (base + 14.0, 60.0),
        Ink::Down(middle.lit(0.1), middle),
    );
    let ground = near.mix(far, 0.65);
    sheet.rect(
        (0.0, base),
        (wide, high - base),
        Ink::Down(ground.lit(0.2), near.shade(0.1)),
    );
    for row in land::steps(1.0, 0.125) {
        tents(sheet, chance, &palette, row);
    }
    land::haze(sheet, base + 6.0, 40.0, palette.sky[1].fade(0.5));
}

/// One row of tents and the lane before it; `row` is 0 at the hills and 1 at hand.
fn tents(sheet: &mut Sheet, chance: &mut Chance, palette: &Palette, row: f32) {
    let (base, near) = (sheet.high * 0.48, row * row);
    let y = base + (sheet.high * 0.94 - base) * (row * 0.45 + near * 0.55);
    let size = 26.0 + 150.0 * (row * 0.4 + near * 0.6);
    let mut x = chance.between(-1.0, 0.0) * size;
    while x < sheet.wide + size {
        let canvas = chance.pick(&[
            palette.pale,
            palette.pale,
            palette.cloth[5],
            palette.cloth[1].lit(0.35),
        ]);
        let canvas = canvas.mix(palette.sky[1], 0.45 * (1.0 - row));
        if chance.happens(0.88) {
            tent(sheet, chance, ((x, y), size), (canvas, palette.ink));
        }
        x += size * chance.between(1.06, 1.3);
    }
    let mut x = chance.unit() * size * 1.5;
    while x < sheet.wide {
        let feet = (x, y + size * chance.between(0.03, 0.12));
        let child = if chance.happens(0.35) { 0.62 } else { 1.0 };
        let pose = chance.pick(&[
            Pose::Standing,
            Pose::Walking,
            Pose::Carrying,
            Pose::Standing,
        ]);
        let person = Person::new(chance, palette, feet, size * 0.74 * child).posed(pose);
        let person = person.veiled(palette.sky[1], 0.4 * (1.0 - row));
        shadow(sheet, &person, 0.6, palette.ink);
        person.draw(sheet);
        x += size * chance.between(0.5, 3.4);
    }
}

/// A ridge tent seen from the corner: a lit side, a gable with its opening, guy ropes.
fn tent(
    sheet: &mut Sheet,
    chance: &mut Chance,
    (foot, size): (Spot, f32),
    (canvas, ink): (Hue, Hue),
) {
    let tall = chance.between(0.56, 0.64);
    let at = |across: f32, up: f32| (foot.0 + across * size, foot.1 - up * size);
    sheet.shape(
        &trace(at, &[-0.56, 0.0, 0.5, 0.0, 0.78, -0.09, -0.4, -0.08]),
        ink.fade(0.24),
    );
    for (from, to) in [
        (at(-0.2, tall), at(-0.68, -0.02)),
        (at(0.3, tall + 0.03), at(0.7, 0.02)),
    ] {
        sheet.line(&[from, to], size * 0.008, ink.fade(0.5));
    }
    let slope = trace(at, &[-0.2, tall, 0.3, tall + 0.03, 0.56, 0.04, 0.12, 0.0]);
    sheet.shape(&slope, Ink::Down(canvas.shade(0.1), canvas.shade(0.3)));
    let gable = trace(at, &[-0.2, tall, 0.12, 0.0, -0.54, 0.0]);
    sheet.shape(&gable, Ink::Down(canvas.lit(0.3), canvas));
    sheet.shape(
        &trace(at, &[-0.2, tall * 0.76, -0.1, 0.0, -0.32, 0.0]),
        ink.mix(canvas, 0.22),
    );
    sheet.shape(
        &trace(at, &[-0.2, tall * 0.76, -0.26, 0.3, -0.38, 0.0, -0.3, 0.0]),
        canvas.lit(0.2),
    );
    for seam in [0.33, 0.66] {
        let top = at(-0.2 + 0.5 * seam, tall + 0.03 * seam);
        let low = at(0.12 + 0.44 * seam, 0.04 * seam);
        sheet.line(&[top, low], size * 0.006, canvas.shade(0.45));
    }
}
