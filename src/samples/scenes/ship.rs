//! A ship at sea with people at its rail.

use super::brush::{Ink, Sheet, Spot, trace};
use super::chance::Chance;
use super::colour::{Hue, Palette, seaside};
use super::land;
use super::people::{Person, Pose};

pub(super) fn ship(sheet: &mut Sheet, chance: &mut Chance) {
    let palette = seaside(chance);
    let (wide, high) = (sheet.wide, sheet.high);
    let horizon = high * 0.52;
    let light = (wide * chance.between(0.12, 0.3), horizon - high * 0.2);
    land::sky(sheet, &palette, horizon);
    land::clouds(sheet, chance, (30.0, horizon * 0.85), palette.pale);
    land::sun(sheet, &palette, light, 34.0);
    let [far, _, near, front] = palette.layers;
    land::hills(
        sheet,
        chance,
        (horizon + 6.0, 34.0),
        Ink::Flat(far.mix(palette.sky[1], 0.4)),
    );
    land::water(sheet, chance, &palette, horizon);
    land::glitter(sheet, chance, (light.0, horizon), palette.sun.lit(0.4));
    land::haze(sheet, horizon, 22.0, palette.sky[1].fade(0.5));
    land::birds(
        sheet,
        chance,
        (wide * 0.4, high * 0.16),
        palette.ink.fade(0.6),
    );
    swell(sheet, chance, (high * 0.7, 12.0), near.mix(far, 0.35));
    let long = (wide * 0.74).min(high * 1.25);
    vessel(sheet, chance, &palette, ((wide * 0.54, high * 0.77), long));
    swell(sheet, chance, (high * 0.8, 20.0), near);
    swell(sheet, chance, (high * 0.9, 30.0), front);
}

/// A row of waves with light on their crests; everything below is filled.
fn swell(sheet: &mut Sheet, chance: &mut Chance, (base, tall): Spot, hue: Hue) {
    let (wide, high) = (sheet.wide, sheet.high);
    let (start, long) = (
        chance.between(0.0, 6.3),
        chance.between(0.014, 0.02) * 14.0 / tall.max(14.0),
    );
    let crest = |x: f32| {
        let phase = x * long + start;
        base - tall * (1.0 - phase.sin().abs()).powi(2) - (x * long * 2.3).sin() * tall * 0.14
    };
    let ridge: Vec<Spot> = land::steps(wide, 6.0).map(|x| (x, crest(x))).collect();
    let mut outline = ridge.clone();
    outline.extend([(wide + 12.0, high), (0.0, high)]);
    sheet.shape(&outline, Ink::Down(hue.lit(0.14), hue.shade(0.22)));
    sheet.line(&ridge, tall * 0.08, hue.lit(0.6).fade(0.7));
    for _ in 0..26 {
        let x = chance.unit() * wide;
        let y = crest(x) + chance.between(0.4, 2.2) * tall;
        let reach = chance.between(10.0, 40.0);
        sheet.bow(
            [(x - reach, y), (x, y - tall * 0.25), (x + reach, y)],
            tall * 0.06,
            hue.lit(0.4).fade(0.4),
        );
    }
}

fn vessel(sheet: &mut Sheet, chance: &mut Chance, palette: &Palette, (keel, long): (Spot, f32)) {
    let at = |across: f32, up: f32| (keel.0 + across * long, keel.1 - up * long);
    let pale = palette.pale;
    for (left, right, low, top) in [
        (-0.4, 0.16, 0.19, 0.28),
        (-0.34, 0.06, 0.28, 0.355),
        (-0.28, -0.06, 0.355, 0.42),
    ] {
        let block = trace(
            at,
            &[left, low, left + 0.01, top, right - 0.03, top, right, low],
        );
        sheet.shape(&block, Ink::Across(pale, pale.shade(0.22)));
        sheet.line(
            &[at(left - 0.01, top), at(right - 0.02, top)],
            long * 0.008,
            pale.shade(0.35),
        );
        for window in land::steps(right - left - 0.12, 0.045) {
            let (x, y) = at(left + 0.03 + window, low + (top - low) * 0.7);
            sheet.rect((x, y), (long * 0.026, long * 0.025), palette.layers[3]);
        }
    }
    rigging(sheet, palette, (keel, long));
    passengers(sheet, chance, palette, (at(-0.4, 0.185), long));
    hull(sheet, palette, (keel, long));
}

fn rigging(sheet: &mut Sheet, palette: &Palette, (keel, long): (Spot, f32)) {
    let at = |across: f32, up: f32| (keel.0 + across * long, keel.1 - up * long);
    funnel(sheet, palette, at(-0.2, 0.42), long);
    sheet.line(&[at(-0.1, 0.42), at(-0.1, 0.6)], long * 0.006, palette.ink);
    sheet.line(
        &[at(-0.13, 0.53), at(-0.07, 0.53)],
        long * 0.004,
        palette.ink,
    );
    for stay in [-0.46, 0.47] {
        sheet.line(
            &[at(-0.1, 0.59), at(stay, 0.2)],
            long * 0.002,
            palette.ink.fade(0.7),
        );
    }
}

fn hull(sheet: &mut Sheet, palette: &Palette, (keel, long): (Spot, f32)) {
    let at = |across: f32, up: f32| (keel.0 + across * long, keel.1 - up * long);
    let hull = trace(
        at,
        &[
            -0.49, 0.19, 0.3, 0.185, 0.54, 0.26, 0.43, -0.03, -0.46, -0.03,
        ],
    );
    let paint = palette.accent.shade(0.1);
    sheet.shape(&hull, Ink::Down(paint.lit(0.08), paint.shade(0.5)));
    sheet.shape(
        &trace(at, &[-0.472, 0.06, 0.462, 0.06, 0.43, -0.03, -0.46, -0.03]),
        palette.ink.fade(0.55),
    );
    sheet.line(
        &trace(at, &[-0.488, 0.17, 0.3, 0.165, 0.532, 0.237]),
        long * 0.011,
        palette.pale,
    );
    for port in land::steps(0.7, 0.06) {
        sheet.oval(
            at(-0.42 + port, 0.115),
            (long * 0.009, long * 0.009),
            palette.ink,
        );
    }
}

fn funnel(sheet: &mut Sheet, palette: &Palette, (x, y): Spot, long: f32) {
    for (drift, size) in [(0.03, 0.02), (0.09, 0.032), (0.17, 0.044), (0.27, 0.054)] {
        let puff = (x - drift * long, y - (0.13 + drift * 0.45) * long);
        sheet.glow(
            puff,
            (size * long * 2.2, size * long * 1.5),
            palette.pale.fade(0.3),
        );
    }
    let body = [
        (x - long * 0.03, y),
        (x - long * 0.036, y - long * 0.1),
        (x + long * 0.024, y - long * 0.1),
        (x + long * 0.03, y),
    ];
    sheet.shape(
        &body,
        Ink::Across(palette.accent, palette.accent.shade(0.4)),
    );
    sheet.rect(
        (x - long * 0.036, y - long * 0.1),
        (long * 0.06, long * 0.02),
        palette.ink,
    );
}

/// Close together along the rail, and one row behind.
fn passengers(
    sheet: &mut Sheet,
    chance: &mut Chance,
    palette: &Palette,
    (start, long): (Spot, f32),
) {
    let tall = long * 0.085;
    for (row, veil) in [(-0.012, 0.25), (-0.025, 0.0)] {
        for across in land::steps(0.76, 0.024) {
            if chance.happens(0.16) {
                continue;
            }
            let feet = (
                start.0 + (across + chance.sway(0.006)) * long,
                start.1 - row * long,
            );
            let pose = chance.pick(&[
                Pose::Standing,
                Pose::Standing,
                Pose::Holding,
                Pose::Raising,
                Pose::Carrying,
            ]);
            let person = Person::new(chance, palette, feet, tall).posed(pose);
            person.veiled(palette.sky[0], veil).draw(sheet);
        }
    }
    let (rail, end) = (start.1 - tall * 0.5, start.0 + long * 0.78);
    sheet.line(
        &[(start.0 - long * 0.08, rail), (end, rail)],
        long * 0.004,
        palette.pale,
    );
    for across in land::steps(0.84, 0.03) {
        let x = start.0 + (across - 0.08) * long;
        sheet.line(
            &[(x, rail), (x, start.1 + 4.0)],
            long * 0.0025,
            palette.pale,
        );
    }
}
