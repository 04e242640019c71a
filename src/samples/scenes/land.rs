//! What scenes out of doors share: sky, sun, hills, clouds, haze, water, trees.

use super::brush::{Ink, Sheet, Spot};
use super::chance::Chance;
use super::colour::{Hue, Palette};

/// Numbers from nothing to `end`, `step` apart, the end included.
pub(super) fn steps(end: f32, step: f32) -> impl Iterator<Item = f32> {
    std::iter::successors(Some(0.0), move |at: &f32| Some(at + step))
        .take_while(move |at| *at < end + step)
}

pub(super) fn sky(sheet: &mut Sheet, palette: &Palette, horizon: f32) {
    let [top, low] = palette.sky;
    sheet.rect((0.0, 0.0), (sheet.wide, sheet.high), low);
    sheet.rect((0.0, 0.0), (sheet.wide, horizon), Ink::Down(top, low));
}

pub(super) fn sun(sheet: &mut Sheet, palette: &Palette, at: Spot, radius: f32) {
    sheet.glow(at, (radius * 9.0, radius * 7.0), palette.sun.fade(0.42));
    sheet.oval(
        at,
        (radius, radius),
        Ink::Down(palette.sun.lit(0.55), palette.sun),
    );
    sheet.glow(at, (radius * 2.6, radius * 2.6), palette.sun.fade(0.35));
}

/// Long flat clouds, thinner towards the horizon.
pub(super) fn clouds(sheet: &mut Sheet, chance: &mut Chance, band: (f32, f32), hue: Hue) {
    for _ in 0..9 {
        let y = chance.between(band.0, band.1);
        let x = chance.between(-0.1, 1.0) * sheet.wide;
        let long = chance.between(0.1, 0.36) * sheet.wide;
        let thick = chance.between(5.0, 17.0);
        let outline = [
            (x, y),
            (x + long * 0.2, y - thick * 0.7),
            (x + long * 0.45, y - thick),
            (x + long * 0.7, y - thick * 0.5),
            (x + long, y),
            (x + long * 0.75, y + thick * 0.25),
            (x + long * 0.3, y + thick * 0.3),
        ];
        sheet.soft(&outline, Ink::Down(hue.fade(0.5), hue.fade(0.12)));
    }
}

/// A rolling line of hills that fills everything below it.
pub(super) fn hills(sheet: &mut Sheet, chance: &mut Chance, (base, tall): Spot, ink: Ink) {
    let (wide, high) = (sheet.wide, sheet.high);
    let (slow, quick) = (chance.between(0.003, 0.006), chance.between(0.009, 0.016));
    let (early, late) = (chance.between(0.0, 6.3), chance.between(0.0, 6.3));
    let mut outline: Vec<Spot> = steps(wide, 8.0)
        .map(|x| {
            let rise = (x * slow + early).sin() * 0.6 + (x * quick + late).sin() * 0.3;
            (x, base - tall * (0.5 + rise * 0.55))
        })
        .collect();
    outline.extend([(wide + 16.0, high), (0.0, high)]);
    sheet.shape(&outline, ink);
}

/// A mountain chain: every peak has a lit and a dark flank.
pub(super) fn peaks(sheet: &mut Sheet, chance: &mut Chance, (base, tall): Spot, hue: Hue) {
    let mut x = -tall;
    while x < sheet.wide + tall {
        let rise = tall * chance.between(0.55, 1.05);
        let reach = rise * chance.between(0.95, 1.5);
        peak(sheet, chance, ((x, base), rise, reach), hue);
        x += reach * chance.between(0.6, 0.95);
    }
    let high = sheet.high;
    sheet.rect((0.0, base - 1.0), (sheet.wide, high - base + 1.0), hue);
}

fn peak(sheet: &mut Sheet, chance: &mut Chance, place: (Spot, f32, f32), hue: Hue) {
    let ((x, base), rise, reach) = place;
    let top = (x, base - rise);
    let at = |share: f32, across: f32| (x + across * reach * share, base - rise * (1.0 - share));
    let notch = [chance.sway(0.1), chance.sway(0.14), chance.sway(0.12)];
    let [first, second, third] = notch;
    let (left, right) = ((x - reach, base), (x + reach, base));
    let outline = [
        left,
        at(0.7, -1.0 + first * 0.5),
        at(0.4, -1.0 + second),
        top,
        at(0.3, 0.9 + first),
        at(0.65, 1.0 + third * 0.6),
        right,
    ];
    sheet.shape(&outline, Ink::Down(hue.shade(0.05), hue));
    let flank = [
        top,
        at(0.3, 0.9 + first),
        at(0.65, 1.0 + third * 0.6),
        right,
        (x + reach * 0.2, base),
        at(0.7, 0.12 + second),
        at(0.45, -0.12 + third),
        at(0.22, 0.2 + second),
    ];
    sheet.shape(&flank, Ink::Down(hue.lit(0.3), hue.lit(0.06)));
}

/// Thin light that lies over the distance; strongest at `y`.
pub(super) fn haze(sheet: &mut Sheet, y: f32, depth: f32, hue: Hue) {
    let wide = sheet.wide;
    sheet.rect(
        (0.0, y - depth),
        (wide, depth),
        Ink::Down(hue.fade(0.0), hue),
    );
    sheet.rect((0.0, y), (wide, depth * 0.8), Ink::Down(hue, hue.fade(0.0)));
}

/// Water from `top` down, with strokes of light that grow towards the viewer.
pub(super) fn water(sheet: &mut Sheet, chance: &mut Chance, palette: &Palette, top: f32) {
    let (wide, deep) = (sheet.wide, sheet.high - top);
    let [far, .., front] = palette.layers;
    sheet.rect(
        (0.0, top),
        (wide, deep),
        Ink::Down(far.mix(palette.sky[1], 0.45), front),
    );
    for _ in 0..150 {
        let depth = chance.unit() * chance.unit();
        let (x, y) = (chance.unit() * wide, top + 3.0 + depth * deep);
        let long = 10.0 + chance.between(20.0, 100.0) * depth;
        let light = if chance.happens(0.6) {
            palette.sky[1]
        } else {
            palette.layers[3]
        };
        ripple(
            sheet,
            (x, y),
            (long, 1.0 + depth * 4.5),
            light.fade(0.13 + chance.unit() * 0.16),
        );
    }
}

/// The path of the sun across water.
pub(super) fn glitter(sheet: &mut Sheet, chance: &mut Chance, from: Spot, hue: Hue) {
    let deep = sheet.high - from.1;
    for _ in 0..90 {
        let depth = chance.unit();
        let reach = 14.0 + depth * 90.0;
        let x = from.0 + chance.sway(1.0) * chance.unit() * reach;
        let long = chance.between(8.0, 24.0) * (0.5 + depth * 1.4);
        let spot = (x - long, from.1 + 2.0 + depth * deep);
        ripple(
            sheet,
            spot,
            (long, 0.9 + depth * 2.2),
            hue.fade(0.5 - depth * 0.3),
        );
    }
}

fn ripple(sheet: &mut Sheet, (x, y): Spot, (long, thick): Spot, hue: Hue) {
    let lens = [
        (x - long, y),
        (x - long * 0.3, y - thick),
        (x + long * 0.4, y - thick * 0.6),
        (x + long, y),
        (x + long * 0.3, y + thick * 0.5),
    ];
    sheet.soft(&lens, hue);
}

pub(super) fn birds(sheet: &mut Sheet, chance: &mut Chance, around: Spot, hue: Hue) {
    for _ in 0..7 {
        let (x, y) = (around.0 + chance.sway(110.0), around.1 + chance.sway(34.0));
        let wing = chance.between(4.0, 9.0);
        let tilt = chance.sway(2.5);
        let dip = (x, y + wing * 0.15);
        sheet.bow(
            [(x - wing, y - tilt), (x - wing * 0.4, y - wing * 0.7), dip],
            1.5,
            hue,
        );
        sheet.bow(
            [dip, (x + wing * 0.4, y - wing * 0.7), (x + wing, y + tilt)],
            1.5,
            hue,
        );
    }
}

/// A leafy crown on a trunk, lit from the left.
pub(super) fn tree(sheet: &mut Sheet, chance: &mut Chance, foot: Spot, (tall, hue): (f32, Hue)) {
    let (x, y) = foot;
    sheet.line(
        &[foot, (x + chance.sway(3.0), y - tall * 0.6)],
        tall * 0.045,
        hue.shade(0.5),
    );
    for (across, up, size, shade) in [
        (0.1, 0.55, 0.24, 0.3),
        (-0.14, 0.6, 0.22, 0.12),
        (0.04, 0.78, 0.24, 0.0),
        (-0.08, 0.74, 0.14, -0.18),
    ] {
        let spot = (x + across * tall + chance.sway(tall * 0.04), y - up * tall);
        let radius = size * tall * chance.between(0.9, 1.1);
        let leaf = if shade < 0.0 {
            hue.lit(-shade)
        } else {
            hue.shade(shade)
        };
        sheet.oval(spot, (radius, radius * 0.95), leaf);
    }
}
