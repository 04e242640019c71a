//! A classroom: desks, a window, a map.

use super::brush::{Ink, Sheet, Spot};
use super::chance::Chance;
use super::colour::{Hue, Palette, daylight, hue};
use super::land;
use super::people::{Person, Pose};

/// Where the wall ends, as a share of the height.
const FLOOR: f32 = 0.62;

pub(super) fn classroom(sheet: &mut Sheet, chance: &mut Chance) {
    let palette = daylight(chance);
    let (wide, high) = (sheet.wide, sheet.high);
    let floor = high * FLOOR;
    let wall = palette.pale.mix(palette.layers[0], 0.4);
    let pane = ((wide * 0.06, high * 0.1), (wide * 0.3, high * 0.36));
    outside(sheet, chance, &palette, pane);
    sheet.pierced(
        ((0.0, 0.0), (wide, floor)),
        &[pane],
        Ink::Across(wall.lit(0.25), wall.shade(0.14)),
    );
    sheet.rect(
        (0.0, floor - high * 0.12),
        (wide, high * 0.12),
        palette.layers[1].mix(wall, 0.25),
    );
    casing(sheet, pane, palette.pale);
    let slate = ((wide * 0.44, high * 0.13), (wide * 0.28, high * 0.28));
    board(sheet, &palette, slate);
    let chart = ((wide * 0.77, high * 0.1), (wide * 0.18, high * 0.32));
    map(sheet, chance, &palette, chart);
    let wood = hue([168, 124, 84]).mix(palette.layers[1], 0.25);
    sheet.rect(
        (0.0, floor),
        (wide, high - floor),
        Ink::Down(wood.lit(0.2), wood.shade(0.35)),
    );
    boards(sheet, floor, wood.shade(0.45));
    class(sheet, chance, &palette, pane);
}

/// The teacher and the pupils, in the light from the window.
fn class(sheet: &mut Sheet, chance: &mut Chance, palette: &Palette, pane: (Spot, Spot)) {
    let (wide, high) = (sheet.wide, sheet.high);
    let floor = high * FLOOR;
    let light = [
        (wide * 0.1, floor),
        (wide * 0.34, floor),
        (wide * 0.62, high),
        (wide * 0.24, high),
    ];
    sheet.beam(
        &light,
        Ink::Down(palette.sun.fade(0.42), palette.sun.fade(0.12)),
    );
    let teacher = Person::new(
        chance,
        palette,
        (wide * 0.42, floor + 26.0),
        high.min(900.0) * 0.33,
    );
    teacher.posed(Pose::Raising).facing(1.0).draw(sheet);
    for row in [0.0, 0.45, 1.0] {
        desks(sheet, chance, palette, row);
    }
    let shaft = [
        (pane.0.0, pane.0.1),
        (wide * 0.36, high * 0.1),
        (wide * 0.74, high),
        (wide * 0.22, high),
    ];
    sheet.beam(
        &shaft,
        Ink::Down(palette.sun.lit(0.4).fade(0.2), palette.sun.fade(0.03)),
    );
}

fn outside(
    sheet: &mut Sheet,
    chance: &mut Chance,
    palette: &Palette,
    ((x, y), (across, tall)): (Spot, Spot),
) {
    sheet.rect(
        (x, y),
        (across, tall),
        Ink::Down(palette.sky[0].lit(0.2), palette.sky[1].lit(0.4)),
    );
    sheet.glow(
        (x + across * 0.6, y + tall * 0.3),
        (across * 0.6, tall * 0.7),
        palette.sun.fade(0.7),
    );
    let hill = [
        (x, y + tall),
        (x, y + tall * 0.7),
        (x + across * 0.3, y + tall * 0.58),
        (x + across * 0.7, y + tall * 0.72),
        (x + across, y + tall * 0.62),
        (x + across, y + tall),
    ];
    sheet.shape(&hill, palette.layers[0]);
    for at in [0.16, 0.82] {
        land::tree(
            sheet,
            chance,
            (x + across * at, y + tall),
            (tall * 0.62, palette.layers[1]),
        );
    }
}

fn casing(sheet: &mut Sheet, pane: (Spot, Spot), tone: Hue) {
    let ((x, y), (across, tall)) = pane;
    sheet.pierced(
        ((x - 12.0, y - 12.0), (across + 24.0, tall + 24.0)),
        &[pane],
        Ink::Down(tone, tone.shade(0.12)),
    );
    for bar in [0.333, 0.667] {
        sheet.rect((x + across * bar - 4.0, y), (8.0, tall), tone);
    }
    sheet.rect((x, y + tall * 0.4), (across, 7.0), tone);
    sheet.rect(
        (x - 24.0, y + tall + 10.0),
        (across + 48.0, 13.0),
        tone.lit(0.3),
    );
    sheet.rect(
        (x - 24.0, y + tall + 23.0),
        (across + 48.0, 8.0),
        tone.shade(0.5).fade(0.3),
    );
}

fn board(sheet: &mut Sheet, palette: &Palette, ((x, y), (across, tall)): (Spot, Spot)) {
    let slate = hue([44, 72, 66]).mix(palette.layers[3], 0.4);
    let frame = hue([150, 108, 72]);
    sheet.rect(
        (x - 3.0, y + 6.0),
        (across + 14.0, tall + 12.0),
        palette.ink.fade(0.22),
    );
    sheet.rect((x - 9.0, y - 9.0), (across + 18.0, tall + 18.0), frame);
    sheet.rect((x, y), (across, tall), Ink::Across(slate.lit(0.12), slate));
    for line in land::steps(4.0, 1.0) {
        let start = (x + across * 0.08, y + tall * (0.18 + line * 0.15));
        let long = across * (0.42 + 0.12 * (line * 2.3).sin());
        let chalk = [
            start,
            (start.0 + long * 0.5, start.1 - 2.0),
            (start.0 + long, start.1 + 1.0),
        ];
        sheet.line(&chalk, 2.4, palette.pale.fade(0.6));
    }
    let sum = (x + across * 0.78, y + tall * 0.45);
    sheet.line(
        &[
            (sum.0 - 34.0, sum.1 + 40.0),
            (sum.0, sum.1 - 34.0),
            (sum.0 + 34.0, sum.1 + 40.0),
            (sum.0 - 34.0, sum.1 + 40.0),
        ],
        2.4,
        palette.pale.fade(0.7),
    );
    sheet.rect(
        (x - 9.0, y + tall + 9.0),
        (across + 18.0, 7.0),
        frame.shade(0.25),
    );
}

fn map(
    sheet: &mut Sheet,
    chance: &mut Chance,
    palette: &Palette,
    ((x, y), (across, tall)): (Spot, Spot),
) {
    sheet.rect((x + 5.0, y + 8.0), (across, tall), palette.ink.fade(0.2));
    sheet.rect(
        (x, y),
        (across, tall),
        Ink::Down(hue([186, 208, 210]), hue([162, 190, 196])),
    );
    let lands = [
        palette.cloth[2],
        palette.cloth[0],
        palette.layers[1],
        palette.accent,
    ];
    for (middle, size) in [
        ((0.3, 0.3), 0.2),
        ((0.7, 0.26), 0.18),
        ((0.55, 0.58), 0.22),
        ((0.26, 0.76), 0.15),
        ((0.82, 0.8), 0.13),
    ] {
        let (left, top) = (x + middle.0 * across, y + middle.1 * tall);
        let coast: Vec<Spot> = land::steps(5.2, 0.7)
            .map(|angle| {
                let reach = size * across * chance.between(0.55, 1.2);
                (left + angle.cos() * reach, top + angle.sin() * reach * 1.1)
            })
            .collect();
        sheet.soft(&coast, chance.pick(&lands).lit(0.25));
    }
    grid(sheet, palette.ink, ((x, y), (across, tall)));
}

fn grid(sheet: &mut Sheet, ink: Hue, ((x, y), (across, tall)): (Spot, Spot)) {
    for share in [0.25, 0.5, 0.75] {
        sheet.line(
            &[(x + across * share, y), (x + across * share, y + tall)],
            0.8,
            ink.fade(0.25),
        );
        sheet.line(
            &[(x, y + tall * share), (x + across, y + tall * share)],
            0.8,
            ink.fade(0.25),
        );
    }
    for rod in [y - 6.0, y + tall - 2.0] {
        sheet.rect((x - 10.0, rod), (across + 20.0, 9.0), hue([92, 64, 48]));
    }
}

fn boards(sheet: &mut Sheet, floor: f32, hue: Hue) {
    let (wide, high) = (sheet.wide, sheet.high);
    for plank in land::steps(24.0, 1.0) {
        let spread = plank / 12.0 - 1.0;
        let ends = [
            (wide * (0.5 + spread * 0.6), floor),
            (wide * (0.5 + spread * 1.7), high),
        ];
        sheet.line(&ends, 1.3, hue.fade(0.4));
    }
}

/// A row of pupils at their desks, seen from behind.
fn desks(sheet: &mut Sheet, chance: &mut Chance, palette: &Palette, row: f32) {
    let (wide, high) = (sheet.wide, sheet.high);
    let size = 78.0 + 92.0 * row;
    let y = high * (0.73 + 0.27 * row) + size * 0.12;
    let gap = size * 1.62;
    let mut x = wide * 0.5
        - gap * (wide * 0.5 / gap).floor()
        - gap * if row > 0.2 && row < 0.8 { 0.5 } else { 0.0 };
    while x < wide + gap * 0.5 {
        desk(sheet, (x, y), size);
        if chance.happens(0.86) {
            let seat = (x + chance.sway(size * 0.06), y + size * 0.36);
            pupil(sheet, chance, palette, (seat, size));
        }
        chair(sheet, (x, y + size * 0.34), size);
        x += gap;
    }
}

fn desk(sheet: &mut Sheet, (x, y): Spot, size: f32) {
    let wood = hue([188, 140, 94]);
    for leg in [-0.5, 0.5] {
        sheet.line(
            &[
                (x + leg * size, y - size * 0.34),
                (x + leg * size * 1.06, y + size * 0.18),
            ],
            size * 0.035,
            hue([64, 60, 62]),
        );
    }
    let top = [
        (x - size * 0.54, y - size * 0.44),
        (x + size * 0.54, y - size * 0.44),
        (x + size * 0.62, y - size * 0.32),
        (x - size * 0.62, y - size * 0.32),
    ];
    sheet.shape(&top, Ink::Down(wood.lit(0.35), wood.lit(0.05)));
    sheet.rect(
        (x - size * 0.62, y - size * 0.32),
        (size * 1.24, size * 0.05),
        wood.shade(0.35),
    );
    let page = [
        (x + size * 0.2, y - size * 0.42),
        (x + size * 0.42, y - size * 0.42),
        (x + size * 0.46, y - size * 0.34),
        (x + size * 0.22, y - size * 0.34),
    ];
    sheet.shape(&page, hue([250, 246, 236]));
}

/// Cut off by the desk and chair, so only the upper body shows.
fn pupil(sheet: &mut Sheet, chance: &mut Chance, palette: &Palette, ((x, y), size): (Spot, f32)) {
    let person = Person::new(chance, palette, (x, y + size * 0.5), size * 1.72);
    person.posed(Pose::Holding).away().seated(sheet);
}

fn chair(sheet: &mut Sheet, (x, y): Spot, size: f32) {
    let wood = hue([150, 104, 68]);
    for leg in [-0.27, 0.27] {
        sheet.line(
            &[
                (x + leg * size, y - size * 0.4),
                (x + leg * size * 1.1, y + size * 0.42),
            ],
            size * 0.04,
            hue([58, 54, 58]),
        );
    }
    sheet.rect(
        (x - size * 0.31, y - size * 0.4),
        (size * 0.62, size * 0.2),
        Ink::Down(wood.lit(0.2), wood),
    );
    sheet.rect(
        (x - size * 0.33, y + size * 0.02),
        (size * 0.66, size * 0.09),
        wood.shade(0.25),
    );
}
