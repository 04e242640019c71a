//! A low clinic, its tent, and the queue.

use super::brush::{Ink, Sheet, Spot, trace};
use super::chance::Chance;
use super::colour::{Hue, Palette, daylight, hue};
use super::land;
use super::people::{Person, Pose, shadow};

pub(super) fn clinic(sheet: &mut Sheet, chance: &mut Chance) {
    let palette = daylight(chance);
    let (wide, high) = (sheet.wide, sheet.high);
    let ground = high * 0.66;
    land::sky(sheet, &palette, ground);
    land::clouds(sheet, chance, (20.0, high * 0.35), palette.pale);
    land::sun(
        sheet,
        &palette,
        (wide * chance.between(0.68, 0.86), high * 0.2),
        38.0,
    );
    let [far, middle, near, _] = palette.layers;
    land::hills(
        sheet,
        chance,
        (ground - 90.0, 100.0),
        Ink::Down(far, palette.sky[1]),
    );
    land::hills(
        sheet,
        chance,
        (ground - 40.0, 60.0),
        Ink::Down(middle.mix(palette.sky[1], 0.3), middle),
    );
    let soil = palette.layers[0].mix(near, 0.25);
    sheet.rect(
        (0.0, ground - 8.0),
        (wide, high),
        Ink::Down(soil.lit(0.22), near),
    );
    yard(sheet, chance, &palette, ground);
}

fn yard(sheet: &mut Sheet, chance: &mut Chance, palette: &Palette, ground: f32) {
    let (wide, [_, middle, near, _]) = (sheet.wide, palette.layers);
    for (across, tall) in [(0.03, 190.0), (0.6, 150.0), (0.94, 210.0)] {
        let spot = (wide * (across + chance.sway(0.02)), ground + 4.0);
        land::tree(sheet, chance, spot, (tall, middle.mix(near, 0.5)));
    }
    house(sheet, palette, (wide * 0.09, ground + 26.0), wide * 0.46);
    ward(
        sheet,
        palette,
        (wide * 0.66, ground + 40.0),
        (wide * 0.3).min(330.0),
    );
    patients(sheet, chance, palette, ground);
}

/// A long, low building: flat roof with an overhang, windows, a door and a red cross-piece sign.
fn house(sheet: &mut Sheet, palette: &Palette, (x, y): Spot, long: f32) {
    let (tall, wall) = (long * 0.34, palette.pale.mix(palette.cloth[5], 0.25));
    sheet.shape(
        &[
            (x, y),
            (x + long, y),
            (x + long * 1.1, y + 22.0),
            (x + long * 0.08, y + 22.0),
        ],
        palette.ink.fade(0.25),
    );
    sheet.rect(
        (x, y - tall),
        (long, tall),
        Ink::Across(wall.lit(0.3), wall.shade(0.12)),
    );
    sheet.rect(
        (x, y - tall * 0.2),
        (long, tall * 0.2),
        palette.layers[1].mix(wall, 0.3),
    );
    for at in [0.08, 0.25, 0.6, 0.77] {
        pane(
            sheet,
            palette,
            (x + long * at, y - tall * 0.72),
            (long * 0.12, tall * 0.34),
        );
    }
    entrance(sheet, palette, (x, y), long);
}

fn pane(sheet: &mut Sheet, palette: &Palette, (x, y): Spot, (wide, tall): Spot) {
    let frame = palette.pale.mix(palette.cloth[5], 0.25);
    sheet.rect(
        (x - 4.0, y - 4.0),
        (wide + 8.0, tall + 8.0),
        frame.shade(0.28),
    );
    sheet.rect(
        (x, y),
        (wide, tall),
        Ink::Down(palette.layers[3], palette.layers[1]),
    );
    let middle = x + wide * 0.5;
    sheet.line(&[(middle, y), (middle, y + tall)], 3.0, frame);
}

/// Door, roof and sign.
fn entrance(sheet: &mut Sheet, palette: &Palette, (x, y): Spot, long: f32) {
    let tall = long * 0.34;
    let door = (x + long * 0.43, y - tall * 0.7);
    sheet.rect(
        door,
        (long * 0.12, tall * 0.7),
        palette.ink.mix(palette.layers[2], 0.45),
    );
    sheet.rect(
        (x - 16.0, y - tall - 12.0),
        (long + 32.0, 16.0),
        palette.layers[2].shade(0.2),
    );
    sheet.rect((x, y - tall + 4.0), (long, 9.0), palette.ink.fade(0.25));
    let sign = (x + long * 0.49, y - tall * 1.0);
    sheet.oval(sign, (24.0, 24.0), palette.pale);
    let green = hue([34, 128, 96]);
    sheet.rect((sign.0 - 15.0, sign.1 - 5.0), (30.0, 10.0), green);
    sheet.rect((sign.0 - 5.0, sign.1 - 15.0), (10.0, 30.0), green);
}

/// The big tent beside the building, open in front and lit inside.
fn ward(sheet: &mut Sheet, palette: &Palette, (x, y): Spot, long: f32) {
    let at = |across: f32, up: f32| (x + across * long, y - up * long);
    let canvas = palette.pale;
    sheet.shape(
        &trace(at, &[0.0, 0.0, 1.0, 0.0, 1.1, -0.08, 0.1, -0.08]),
        palette.ink.fade(0.25),
    );
    for (from, to) in [
        (at(0.02, 0.34), at(-0.14, -0.01)),
        (at(0.98, 0.34), at(1.13, -0.01)),
    ] {
        sheet.line(&[from, to], 2.0, palette.ink.fade(0.6));
    }
    let inside = trace(at, &[0.0, 0.0, 0.0, 0.36, 1.0, 0.36, 1.0, 0.0]);
    sheet.shape(
        &inside,
        Ink::Down(palette.ink.mix(palette.accent, 0.2), palette.layers[2]),
    );
    sheet.glow(
        at(0.5, 0.26),
        (long * 0.44, long * 0.3),
        palette.sun.fade(0.6),
    );
    for (across, thick) in [(0.25, 0.1), (0.52, 0.1)] {
        sheet.rect(
            at(across, 0.1),
            (long * 0.2, long * thick * 0.4),
            canvas.shade(0.1),
        );
        sheet.rect(at(across, 0.06), (long * 0.012, long * 0.06), palette.ink);
        sheet.rect(
            at(across + 0.19, 0.06),
            (long * 0.012, long * 0.06),
            palette.ink,
        );
    }
    flaps(sheet, palette.pale, (x, y), long);
}

/// Side flaps, roof and its seams.
fn flaps(sheet: &mut Sheet, canvas: Hue, (x, y): Spot, long: f32) {
    let at = |across: f32, up: f32| (x + across * long, y - up * long);
    sheet.shape(
        &trace(at, &[0.0, 0.0, 0.0, 0.36, 0.16, 0.36, 0.05, 0.0]),
        Ink::Across(canvas.lit(0.2), canvas.shade(0.2)),
    );
    sheet.shape(
        &trace(at, &[1.0, 0.0, 1.0, 0.36, 0.84, 0.36, 0.95, 0.0]),
        Ink::Across(canvas.shade(0.1), canvas.shade(0.3)),
    );
    let roof = trace(at, &[-0.04, 0.34, 0.14, 0.62, 0.86, 0.62, 1.04, 0.34]);
    sheet.shape(&roof, Ink::Across(canvas.lit(0.4), canvas.shade(0.16)));
    for seam in [0.32, 0.5, 0.68] {
        let top = at(0.14 + 0.72 * seam, 0.62);
        sheet.line(
            &[top, at(-0.04 + 1.08 * seam, 0.34)],
            1.6,
            canvas.shade(0.35),
        );
    }
    sheet.shape(
        &trace(at, &[-0.04, 0.34, 1.04, 0.34, 1.03, 0.29, -0.03, 0.29]),
        canvas.shade(0.22),
    );
}

fn patients(sheet: &mut Sheet, chance: &mut Chance, palette: &Palette, ground: f32) {
    let (wide, high) = (sheet.wide, sheet.high);
    let mut share = 0.0_f32;
    while share < 1.0 {
        let x = wide * (0.62 - 0.56 * share + 0.1 * (share * 5.0).sin());
        let feet = (x, ground + 60.0 + (high * 0.9 - ground - 60.0) * share);
        let child = if chance.happens(0.22) { 0.62 } else { 1.0 };
        let pose = chance.pick(&[
            Pose::Standing,
            Pose::Carrying,
            Pose::Standing,
            Pose::Holding,
        ]);
        let tall = (106.0 + 54.0 * share) * child;
        let person = Person::new(chance, palette, feet, tall)
            .posed(pose)
            .facing(1.0);
        let person = if chance.happens(0.3) {
            person.away()
        } else {
            person
        };
        shadow(sheet, &person, -0.6, palette.ink);
        person.draw(sheet);
        share += chance.between(0.055, 0.085);
    }
    for (across, down) in [(0.74, 0.8), (0.88, 0.86)] {
        let spot = (wide * across, high * down);
        let nurse = Person::new(chance, palette, spot, 138.0)
            .posed(Pose::Holding)
            .dressed(palette.pale);
        shadow(sheet, &nurse, -0.6, palette.ink);
        nurse.draw(sheet);
    }
}
