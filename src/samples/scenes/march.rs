//! A march that fills a street, with blank placards and banners.

use super::brush::{Ink, Sheet, Spot, trace};
use super::chance::Chance;
use super::colour::{Hue, Palette, daylight};
use super::land;
use super::people::{Person, Pose, shadow};

pub(super) fn march(sheet: &mut Sheet, chance: &mut Chance) {
    let palette = daylight(chance);
    let (wide, high) = (sheet.wide, sheet.high);
    let horizon = high * 0.52;
    land::sky(sheet, &palette, horizon);
    land::clouds(sheet, chance, (20.0, high * 0.26), palette.pale);
    let vanish = (wide * chance.between(0.5, 0.62), horizon);
    sheet.glow(
        (vanish.0, horizon - 60.0),
        (wide * 0.42, high * 0.5),
        palette.sun.lit(0.2).fade(0.7),
    );
    street(sheet, chance, &palette, vanish);
    let road = palette.layers[1].mix(palette.cloth[5], 0.35);
    sheet.rect(
        (0.0, horizon),
        (wide, high - horizon),
        Ink::Down(road.lit(0.25), road.shade(0.3)),
    );
    land::haze(sheet, horizon, 70.0, palette.sky[1].fade(0.6));
    for row in land::steps(1.0, 0.1) {
        rank(sheet, chance, &palette, row);
    }
}

/// House fronts on both sides that run to one point.
fn street(sheet: &mut Sheet, chance: &mut Chance, palette: &Palette, vanish: Spot) {
    for side in [-1.0, 1.0] {
        let reach = if side < 0.0 {
            vanish.0
        } else {
            sheet.wide - vanish.0
        };
        for depth in [0.22, 0.36, 0.52, 0.72, 1.0] {
            let tone = chance.pick(&[
                palette.layers[1],
                palette.layers[2],
                palette.cloth[0],
                palette.cloth[2],
            ]);
            let tone = tone.mix(palette.sky[1], 0.72 - depth * 0.5);
            let inner = 0.7 * depth - 0.06;
            let (near, far) = (
                vanish.0 + side * reach * (depth * 1.05),
                vanish.0 + side * reach * inner,
            );
            let rise = sheet.high * chance.between(0.46, 0.62);
            front(
                sheet,
                [(near, rise * depth), (far, rise * inner)],
                (vanish.1, side),
                tone,
            );
        }
    }
}

fn front(sheet: &mut Sheet, edges: [Spot; 2], (base, side): (f32, f32), tone: Hue) {
    let [(near, tall), (far, low)] = edges;
    let at = |across: f32, up: f32| {
        let height = tall + (low - tall) * across;
        (
            near + (far - near) * across,
            base + height * 0.12 - height * up,
        )
    };
    let face = if side < 0.0 {
        tone.lit(0.12)
    } else {
        tone.shade(0.14)
    };
    sheet.shape(
        &trace(at, &[0.0, 0.0, 0.0, 1.1, 1.0, 1.1, 1.0, 0.0]),
        Ink::Down(face.shade(0.06), face.lit(0.12)),
    );
    sheet.shape(
        &trace(at, &[0.0, 1.1, 0.0, 1.16, 1.0, 1.16, 1.0, 1.1]),
        tone.shade(0.3),
    );
    for floor in [0.3, 0.5, 0.7, 0.9] {
        for window in [0.12, 0.4, 0.68] {
            let (right, top) = (window + 0.17, floor + 0.12);
            let pane = trace(at, &[window, floor, window, top, right, top, right, floor]);
            sheet.shape(&pane, face.shade(0.42));
            let sill = floor + 0.04;
            let ledge = trace(
                at,
                &[window, floor, window, sill, right, sill, right, floor],
            );
            sheet.shape(&ledge, face.shade(0.2));
        }
    }
}

/// One line of marchers across the street; `row` is 0 in the distance and 1 at hand.
fn rank(sheet: &mut Sheet, chance: &mut Chance, palette: &Palette, row: f32) {
    let (wide, high) = (sheet.wide, sheet.high);
    let near = row * row;
    let tall = 46.0 + 190.0 * (row * 0.35 + near * 0.65);
    let y = high * (0.58 + 0.42 * (row * 0.5 + near * 0.5)) + tall * 0.1;
    let air = 0.55 * (1.0 - row);
    let mut x = wide * (0.3 - 0.4 * row) + chance.between(0.0, tall * 0.3);
    while x < wide * (0.84 + 0.24 * row) {
        let pose = chance.pick(&[
            Pose::Raising,
            Pose::Walking,
            Pose::Raising,
            Pose::Standing,
            Pose::Carrying,
        ]);
        let feet = (x, y + chance.sway(tall * 0.04));
        let person = Person::new(chance, palette, feet, tall).posed(pose);
        let person = person.veiled(palette.sky[1], air);
        if pose == Pose::Raising {
            placard(sheet, chance, (person.hand(), tall), (palette, air));
        }
        shadow(sheet, &person, 0.4, palette.ink);
        person.draw(sheet);
        x += tall * chance.between(0.26, 0.42);
    }
    let wanted = (row - 0.7).abs() < 0.04 || (row - 0.3).abs() < 0.04;
    if wanted {
        banner(
            sheet,
            ((wide * (0.3 + chance.sway(0.05)), y), tall),
            wide * (0.16 + row * 0.26),
            palette.accent.mix(palette.sky[1], air),
        );
    }
}

fn placard(
    sheet: &mut Sheet,
    chance: &mut Chance,
    ((x, y), tall): (Spot, f32),
    (palette, air): (&Palette, f32),
) {
    let card = chance.pick(&[
        palette.pale,
        palette.pale,
        palette.accent,
        palette.sun,
        palette.cloth[5],
    ]);
    let card = card.mix(palette.sky[1], air);
    let (half, rise, lean) = (
        tall * chance.between(0.14, 0.21),
        tall * chance.between(0.22, 0.3),
        chance.sway(0.12),
    );
    let at = |across: f32, up: f32| (x + across + up * lean, y - up + across * lean);
    sheet.line(
        &[at(0.0, -tall * 0.16), at(0.0, tall * 0.24)],
        tall * 0.022,
        palette.cloth[2].shade(0.45).mix(palette.sky[1], air),
    );
    let (low, top) = (tall * 0.16, tall * 0.16 + rise);
    let board = trace(at, &[-half, low, -half, top, half, top, half, low]);
    sheet.shape(&board, Ink::Down(card.lit(0.15), card.shade(0.14)));
}

/// A long cloth between two poles that hangs a little.
fn banner(sheet: &mut Sheet, ((x, y), tall): (Spot, f32), long: f32, hue: Hue) {
    let (top, low) = (y - tall * 1.62, y - tall * 1.24);
    for pole in [x, x + long] {
        sheet.line(
            &[(pole, y - tall * 1.66), (pole, y - tall * 0.5)],
            tall * 0.03,
            hue.shade(0.6),
        );
    }
    let sag = tall * 0.06;
    let cloth = [
        (x, top),
        (x + long * 0.25, top + sag),
        (x + long * 0.5, top + sag * 1.3),
        (x + long * 0.75, top + sag),
        (x + long, top),
        (x + long, low),
        (x + long * 0.75, low + sag),
        (x + long * 0.5, low + sag * 1.4),
        (x + long * 0.25, low + sag),
        (x, low),
    ];
    sheet.shape(&cloth, Ink::Down(hue.lit(0.12), hue.shade(0.12)));
    for fold in [0.14, 0.33, 0.56, 0.8] {
        let start = (x + long * fold, top + sag);
        sheet.shape(
            &[
                start,
                (start.0 + long * 0.03, start.1),
                (start.0 + long * 0.05, low + sag),
                (start.0 + long * 0.015, low + sag),
            ],
            hue.shade(0.4).fade(0.3),
        );
    }
}
