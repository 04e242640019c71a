//! The harbour: cranes, fishing boats, people on the quay.

use super::brush::{Ink, Sheet, Spot, trace};
use super::chance::Chance;
use super::colour::{Hue, Palette, seaside};
use super::land;
use super::people::{Person, Pose, shadow};

pub(super) fn harbour(sheet: &mut Sheet, chance: &mut Chance) {
    let palette = seaside(chance);
    let horizon = sheet.high * 0.5;
    let light = (
        sheet.wide * chance.between(0.58, 0.8),
        horizon - sheet.high * 0.17,
    );
    land::sky(sheet, &palette, horizon);
    land::clouds(sheet, chance, (40.0, horizon * 0.7), palette.pale);
    land::sun(sheet, &palette, light, 38.0);
    let [far, middle, near, _] = palette.layers;
    land::hills(
        sheet,
        chance,
        (horizon, 70.0),
        Ink::Down(far, palette.sky[1]),
    );
    warehouses(sheet, chance, horizon, middle);
    for at in [0.1, 0.27, 0.5] {
        let x = sheet.wide * (at + chance.sway(0.03));
        crane(
            sheet,
            (x, horizon),
            chance.between(150.0, 215.0),
            near.mix(middle, at),
        );
    }
    land::water(sheet, chance, &palette, horizon);
    land::glitter(sheet, chance, (light.0, horizon), palette.sun.lit(0.4));
    land::haze(sheet, horizon, 26.0, palette.sky[1].fade(0.5));
    land::birds(
        sheet,
        chance,
        (light.0 - 200.0, light.1 - 20.0),
        palette.ink.fade(0.7),
    );
    moored(sheet, chance, &palette, horizon);
    quay(sheet, chance, &palette);
}

fn warehouses(sheet: &mut Sheet, chance: &mut Chance, base: f32, hue: Hue) {
    let mut x = -20.0;
    while x < sheet.wide {
        let (wide, tall) = (chance.between(46.0, 120.0), chance.between(18.0, 52.0));
        let tone = hue.lit(chance.between(0.0, 0.2));
        let (left, right) = ((x, base - tall), (x + wide, base - tall));
        let ridge = (x + wide * 0.5, base - tall - chance.between(0.0, 16.0));
        sheet.shape(&[(x, base), left, ridge, right, (x + wide, base)], tone);
        sheet.shape(&[left, ridge, right], tone.shade(0.18));
        x += wide + chance.between(0.0, 26.0);
    }
}

/// A gantry crane with its boom over the water.
fn crane(sheet: &mut Sheet, (x, y): Spot, tall: f32, hue: Hue) {
    let at = |across: f32, up: f32| (x + across * tall, y - up * tall);
    for side in [-1.0, 1.0] {
        sheet.line(
            &[at(0.15 * side, 0.0), at(0.11 * side, 0.62)],
            tall * 0.028,
            hue,
        );
        sheet.line(
            &[at(0.15 * side, 0.28), at(-0.12 * side, 0.62)],
            tall * 0.011,
            hue,
        );
    }
    for (ends, thick) in [
        ([at(-0.15, 0.28), at(0.15, 0.28)], 0.022),
        ([at(-0.34, 0.62), at(0.62, 0.62)], 0.033),
        ([at(0.4, 0.62), at(0.4, 0.42)], 0.009),
    ] {
        sheet.line(&ends, tall * thick, hue);
    }
    sheet.line(
        &trace(at, &[-0.1, 0.62, 0.0, 1.0, 0.1, 0.62]),
        tall * 0.022,
        hue,
    );
    sheet.line(
        &trace(at, &[-0.32, 0.62, 0.0, 1.0, 0.58, 0.62]),
        tall * 0.01,
        hue,
    );
    sheet.rect(at(-0.3, 0.62), (tall * 0.13, tall * 0.07), hue.shade(0.25));
    sheet.rect(at(0.35, 0.42), (tall * 0.1, tall * 0.04), hue.shade(0.3));
}

fn moored(sheet: &mut Sheet, chance: &mut Chance, palette: &Palette, horizon: f32) {
    let deep = sheet.high - horizon;
    let hulls = [
        palette.accent,
        palette.cloth[1],
        palette.pale,
        palette.cloth[3],
    ];
    for (across, down, long) in [
        (0.7, 0.1, 100.0),
        (0.36, 0.16, 130.0),
        (0.86, 0.27, 170.0),
        (0.22, 0.36, 230.0),
        (0.62, 0.44, 270.0),
    ] {
        let x = sheet.wide * (across + chance.sway(0.05));
        let hull = chance.pick(&hulls).mix(palette.sky[1], 0.36 - down * 0.7);
        boat(
            sheet,
            chance,
            ((x, horizon + deep * down), long, hull),
            palette,
        );
    }
}

fn boat(sheet: &mut Sheet, chance: &mut Chance, body: (Spot, f32, Hue), palette: &Palette) {
    let ((x, y), long, hull) = body;
    let way = chance.side();
    let at = move |across: f32, up: f32| (x + across * long * way, y - up * long);
    sheet.oval(
        at(0.0, -0.04),
        (long * 0.56, long * 0.07),
        palette.ink.fade(0.28),
    );
    let mirror = trace(at, &[-0.44, 0.0, 0.46, 0.0, 0.36, -0.2, -0.36, -0.2]);
    let image = Ink::Down(hull.shade(0.4).fade(0.5), hull.fade(0.0));
    sheet.shape(&mirror, image);
    rigging(sheet, (&at, long), palette.ink);
    cabin(sheet, &at, hull, palette);
    let side = [
        -0.5, 0.15, -0.2, 0.11, 0.2, 0.12, 0.55, 0.22, 0.42, -0.02, -0.45, -0.02,
    ];
    sheet.shape(&trace(at, &side), Ink::Down(hull.lit(0.1), hull.shade(0.3)));
    let rail = trace(at, &[-0.495, 0.135, -0.2, 0.095, 0.2, 0.105, 0.53, 0.195]);
    sheet.line(&rail, long * 0.016, palette.pale);
    let keel = trace(at, &[-0.46, 0.02, 0.45, 0.02, 0.42, -0.02, -0.45, -0.02]);
    sheet.shape(&keel, hull.shade(0.6));
}

type Frame<'a> = &'a dyn Fn(f32, f32) -> Spot;

fn rigging(sheet: &mut Sheet, (at, long): (Frame<'_>, f32), ink: Hue) {
    for (ends, thick) in [
        ([at(-0.08, 0.1), at(-0.08, 0.72)], 0.014),
        ([at(-0.08, 0.3), at(-0.4, 0.5)], 0.012),
        ([at(-0.08, 0.62), at(0.5, 0.2)], 0.006),
        ([at(-0.08, 0.68), at(-0.48, 0.16)], 0.006),
    ] {
        sheet.line(&ends, long * thick, ink.fade(0.9));
    }
}

fn cabin(sheet: &mut Sheet, at: Frame<'_>, hull: Hue, palette: &Palette) {
    let walls = trace(at, &[-0.02, 0.1, 0.02, 0.3, 0.24, 0.3, 0.27, 0.1]);
    sheet.shape(&walls, Ink::Across(palette.pale, palette.pale.shade(0.25)));
    let roof = trace(at, &[-0.03, 0.3, -0.02, 0.335, 0.28, 0.335, 0.27, 0.3]);
    sheet.shape(&roof, hull.shade(0.3));
    for left in [0.05, 0.115, 0.18] {
        let right = left + 0.045;
        let pane = trace(at, &[left, 0.2, left, 0.27, right, 0.27, right, 0.2]);
        sheet.shape(&pane, palette.layers[3]);
    }
}

/// The stone edge in front, with people, bollards and crates.
fn quay(sheet: &mut Sheet, chance: &mut Chance, palette: &Palette) {
    let (wide, high) = (sheet.wide, sheet.high);
    let top = high * 0.9;
    let stone = palette.layers[3].mix(palette.cloth[5], 0.3);
    sheet.rect(
        (0.0, top),
        (wide, high - top),
        Ink::Down(stone.lit(0.12), stone.shade(0.4)),
    );
    sheet.rect((0.0, top), (wide, 4.0), stone.lit(0.4));
    for x in land::steps(wide, 120.0) {
        sheet.line(
            &[(x + 30.0, top + 4.0), (x + 10.0, high)],
            1.4,
            stone.shade(0.5).fade(0.5),
        );
    }
    for x in land::steps(wide, 240.0) {
        let x = x + 90.0;
        sheet.rect((x - 6.0, top - 12.0), (12.0, 18.0), palette.ink);
        sheet.oval((x, top - 13.0), (10.0, 4.5), palette.ink.lit(0.2));
    }
    crates(sheet, chance, palette, (wide * 0.87, top + 22.0));
    bystanders(sheet, chance, palette, top);
}

fn bystanders(sheet: &mut Sheet, chance: &mut Chance, palette: &Palette, top: f32) {
    let wide = sheet.wide;
    let mut x = wide * 0.05;
    while x < wide * 0.78 {
        let feet = (x, top + chance.between(16.0, 34.0));
        let person = Person::new(chance, palette, feet, 122.0);
        let pose = chance.pick(&[
            Pose::Standing,
            Pose::Walking,
            Pose::Standing,
            Pose::Carrying,
        ]);
        let person = if chance.happens(0.5) {
            person.posed(pose).away()
        } else {
            person.posed(pose)
        };
        shadow(sheet, &person, -0.5, palette.ink);
        person.draw(sheet);
        x += chance.pick(&[46.0, 58.0, 140.0, 210.0, 260.0]);
    }
}

fn crates(sheet: &mut Sheet, chance: &mut Chance, palette: &Palette, (x, y): Spot) {
    for (across, up) in [
        (0.0, 0.0),
        (58.0, 0.0),
        (116.0, 0.0),
        (26.0, 44.0),
        (84.0, 44.0),
    ] {
        let wood = palette.cloth[2].shade(chance.between(0.25, 0.4));
        let corner = (x + across + chance.sway(3.0), y - up - 44.0);
        sheet.rect(
            corner,
            (54.0, 44.0),
            Ink::Down(wood.lit(0.12), wood.shade(0.2)),
        );
        for slat in [11.0, 22.0, 33.0] {
            let height = corner.1 + slat;
            sheet.line(
                &[(corner.0 + 2.0, height), (corner.0 + 52.0, height)],
                1.6,
                wood.shade(0.45),
            );
        }
    }
}
