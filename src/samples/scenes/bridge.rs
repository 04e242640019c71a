//! A long bridge and the people who wait on it.

use super::brush::{Ink, Sheet, Spot};
use super::chance::Chance;
use super::colour::{Hue, Palette, daylight};
use super::land;
use super::people::{Person, Pose, shadow};

pub(super) fn bridge(sheet: &mut Sheet, chance: &mut Chance) {
    let palette = daylight(chance);
    let (wide, high) = (sheet.wide, sheet.high);
    let horizon = high * 0.56;
    let light = (wide * chance.between(0.66, 0.82), high * 0.24);
    land::sky(sheet, &palette, horizon);
    land::clouds(sheet, chance, (30.0, horizon * 0.6), palette.pale);
    land::sun(sheet, &palette, light, 36.0);
    let [far, middle, near, _] = palette.layers;
    land::peaks(
        sheet,
        chance,
        (horizon, 90.0),
        far.mix(palette.sky[1], 0.25),
    );
    land::haze(sheet, horizon - 8.0, 60.0, palette.sky[1].fade(0.7));
    land::hills(
        sheet,
        chance,
        (horizon + 4.0, 44.0),
        Ink::Flat(middle.mix(palette.sky[1], 0.3)),
    );
    land::water(sheet, chance, &palette, horizon);
    land::glitter(sheet, chance, (light.0, horizon), palette.sun.lit(0.4));
    land::haze(sheet, horizon, 20.0, palette.sky[1].fade(0.5));
    span(sheet, &palette, near);
    queue(sheet, chance, &palette);
    railing(sheet, palette.layers[3].shade(0.2));
    land::birds(
        sheet,
        chance,
        (wide * 0.3, high * 0.2),
        palette.ink.fade(0.6),
    );
}

/// The deck's upper edge: it rises from the lower left and runs away to the right.
fn deck(sheet: &Sheet, share: f32) -> (Spot, f32) {
    let (wide, high) = (sheet.wide, sheet.high);
    let depth = 1.0 / (1.0 + share * 3.4);
    let x = wide * (1.04 - 1.1 * (depth - 0.227) / 0.773);
    ((x, high * (0.545 + 0.31 * (depth - 0.227) / 0.773)), depth)
}

fn span(sheet: &mut Sheet, palette: &Palette, hue: Hue) {
    let high = sheet.high;
    for pier in [0.92, 0.74, 0.56, 0.4, 0.26, 0.14] {
        let ((x, y), depth) = deck(sheet, pier);
        let (half, foot) = (46.0 * depth, high * 0.57 + depth * depth * high * 0.6);
        let tone = hue.mix(palette.sky[1], 0.45 - depth * 0.6);
        let pillar = [
            (x - half, y),
            (x + half, y),
            (x + half * 1.2, foot),
            (x - half * 1.2, foot),
        ];
        sheet.shape(&pillar, Ink::Across(tone.lit(0.15), tone.shade(0.3)));
        sheet.oval(
            (x, foot),
            (half * 2.4, half * 0.35),
            palette.layers[3].fade(0.3),
        );
    }
    let (near, far) = (deck(sheet, -0.02), deck(sheet, 1.0));
    let under = [
        near.0,
        far.0,
        (far.0.0, far.0.1 + 16.0),
        (near.0.0, near.0.1 + 110.0),
    ];
    let away = hue.mix(palette.sky[1], 0.35);
    sheet.shape(&under, Ink::Across(hue.shade(0.25), away));
    let road = [
        near.0,
        far.0,
        (far.0.0, far.0.1 + 4.0),
        (near.0.0, near.0.1 + 44.0),
    ];
    sheet.shape(
        &road,
        Ink::Across(palette.cloth[5].shade(0.08), away.lit(0.3)),
    );
}

/// People wait one behind the other, small in the distance and large at hand.
fn queue(sheet: &mut Sheet, chance: &mut Chance, palette: &Palette) {
    let mut share = 0.99;
    while share > 0.01 {
        let ((x, y), depth) = deck(sheet, share);
        let tall = 30.0 + 158.0 * (depth - 0.22);
        for row in [0.1, 0.5] {
            let feet = (
                x + chance.sway(7.0 * depth),
                y + row * 46.0 * depth * depth + 1.0,
            );
            let pose = chance.pick(&[
                Pose::Standing,
                Pose::Walking,
                Pose::Standing,
                Pose::Carrying,
            ]);
            let small = if chance.happens(0.2) { 0.6 } else { 1.0 };
            let person = Person::new(chance, palette, feet, tall * small)
                .posed(pose)
                .facing(1.0);
            let person = if chance.happens(0.45) {
                person.with_bag()
            } else {
                person
            };
            let person = person.veiled(palette.sky[1], (0.5 - depth * 0.7).max(0.0));
            if chance.happens(0.86) {
                shadow(sheet, &person, -0.5, palette.ink);
                person.draw(sheet);
            }
        }
        share -= 0.022 + (1.0 - depth) * 0.012 - depth * 0.008;
    }
}

fn railing(sheet: &mut Sheet, hue: Hue) {
    let edge = |sheet: &Sheet, share: f32, up: f32| {
        let ((x, y), depth) = deck(sheet, share);
        (x, y + 44.0 * depth * depth - up * depth)
    };
    for up in [62.0, 34.0] {
        let rail: Vec<Spot> = land::steps(1.0, 0.04)
            .map(|share| edge(sheet, share - 0.02, up))
            .collect();
        for (index, pair) in rail.windows(2).enumerate() {
            let thin = u16::try_from(index).map_or(0.0, |step| f32::from(step) * 0.16);
            sheet.line(pair, (5.0 - thin).max(1.2), hue);
        }
    }
    for share in land::steps(1.0, 0.024) {
        let (low, top) = (edge(sheet, share, -1.0), edge(sheet, share, 64.0));
        sheet.line(&[low, top], (4.0 - share * 4.4).max(0.9), hue);
    }
}
