//! A woman, half-length, before a window.

use super::brush::{Ink, Sheet, Spot, trace};
use super::chance::Chance;
use super::colour::{Hue, Palette, daylight, hue};

const FACES: [[[u8; 3]; 2]; 4] = [
    [[224, 178, 144], [42, 30, 28]],
    [[190, 136, 102], [28, 22, 22]],
    [[142, 94, 70], [22, 18, 20]],
    [[232, 196, 168], [112, 96, 88]],
];

pub(super) fn portrait(sheet: &mut Sheet, chance: &mut Chance) {
    let palette = daylight(chance);
    let (wide, high) = (sheet.wide, sheet.high);
    let [skin, hair] = chance.pick(&FACES).map(hue);
    let left = chance.happens(0.5);
    let pane = (
        (wide * if left { 0.1 } else { 0.42 }, high * 0.09),
        (wide * 0.48, high * 0.58),
    );
    window_view(sheet, chance, &palette, pane);
    wall(sheet, &palette, pane);
    let size = (high * 0.86).min(wide * 1.05);
    let middle = if left { wide * 0.58 } else { wide * 0.42 };
    let face = if left { -1.0 } else { 1.0 };
    sitter(
        sheet,
        chance,
        ((middle, high * 1.02), size, face),
        (skin, hair, &palette),
    );
}

fn window_view(sheet: &mut Sheet, chance: &mut Chance, palette: &Palette, pane: (Spot, Spot)) {
    let ((x, y), (across, tall)) = pane;
    sheet.rect(
        (x, y),
        (across, tall),
        Ink::Down(palette.sky[0], palette.sky[1].lit(0.3)),
    );
    sheet.glow(
        (x + across * 0.5, y + tall * 0.55),
        (across, tall * 0.8),
        palette.sun.lit(0.4).fade(0.6),
    );
    for (up, tone) in [(0.36, palette.layers[0]), (0.22, palette.layers[1])] {
        let mut at = x - 20.0;
        while at < x + across {
            let (width, rise) = (chance.between(26.0, 70.0), tall * (up + chance.sway(0.1)));
            sheet.rect(
                (at, y + tall - rise),
                (width, rise),
                Ink::Down(tone, tone.lit(0.3)),
            );
            at += width;
        }
    }
}

fn wall(sheet: &mut Sheet, palette: &Palette, pane: (Spot, Spot)) {
    let (wide, high) = (sheet.wide, sheet.high);
    let ((x, y), (across, tall)) = pane;
    let tone = palette.layers[2].mix(palette.cloth[1], 0.35);
    sheet.pierced(
        ((0.0, 0.0), (wide, high)),
        &[pane],
        Ink::Down(tone.shade(0.12), tone.shade(0.42)),
    );
    let frame = palette.pale.shade(0.18);
    sheet.pierced(
        ((x - 16.0, y - 16.0), (across + 32.0, tall + 32.0)),
        &[pane],
        Ink::Down(frame, frame.shade(0.15)),
    );
    sheet.rect((x + across * 0.5 - 6.0, y), (12.0, tall), frame.shade(0.1));
    sheet.rect((x, y + tall * 0.36), (across, 9.0), frame.shade(0.1));
    sheet.rect(
        (x - 34.0, y + tall + 12.0),
        (across + 68.0, 20.0),
        frame.lit(0.25),
    );
    sheet.rect(
        (x - 34.0, y + tall + 32.0),
        (across + 68.0, 14.0),
        palette.ink.fade(0.3),
    );
    curtains(sheet, palette, pane);
}

fn curtains(sheet: &mut Sheet, palette: &Palette, ((x, y), (across, tall)): (Spot, Spot)) {
    let tone = palette.layers[2].mix(palette.cloth[1], 0.35);
    for curtain in [x - 62.0, x + across - 26.0] {
        let cloth = palette.accent.mix(tone, 0.35);
        for fold in [0.0, 22.0, 44.0, 66.0] {
            let strip = (curtain + fold, y - 44.0);
            sheet.rect(
                strip,
                (23.0, tall + 110.0),
                Ink::Across(cloth.lit(0.14), cloth.shade(0.3)),
            );
        }
    }
    sheet.line(
        &[(x - 90.0, y - 46.0), (x + across + 70.0, y - 46.0)],
        7.0,
        palette.ink,
    );
    sheet.glow(
        (x + across * 0.5, y + tall),
        (across * 1.3, tall),
        palette.sun.fade(0.22),
    );
}

type Looks<'a> = (Hue, Hue, &'a Palette);

/// Half-length, three-quarter view; the light comes from the window on the side she looks to.
fn sitter(sheet: &mut Sheet, chance: &mut Chance, place: (Spot, f32, f32), looks: Looks<'_>) {
    let ((x, y), size, face) = place;
    let (skin, hair, palette) = looks;
    let at = |across: f32, up: f32| (x + across * size * face, y - up * size);
    let coat = chance.pick(&[
        palette.cloth[1],
        palette.cloth[0],
        palette.cloth[3],
        palette.layers[3],
    ]);
    let back = trace(
        at,
        &[
            -0.16, 0.8, 0.02, 1.0, 0.15, 0.84, 0.14, 0.6, 0.1, 0.46, -0.17, 0.44, -0.2, 0.6,
        ],
    );
    sheet.soft(&back, hair.shade(0.2));
    let neck = trace(
        at,
        &[
            -0.075, 0.68, 0.055, 0.66, 0.06, 0.5, 0.12, 0.44, 0.06, 0.37, -0.06, 0.37, -0.14, 0.44,
            -0.08, 0.52,
        ],
    );
    sheet.shape(&neck, Ink::Down(skin.shade(0.38), skin.shade(0.16)));
    jacket(sheet, place, coat, palette.sun);
    head(sheet, place, looks);
}

fn jacket(sheet: &mut Sheet, place: (Spot, f32, f32), coat: Hue, light: Hue) {
    let ((x, y), size, face) = place;
    let at = |across: f32, up: f32| (x + across * size * face, y - up * size);
    let body = trace(
        at,
        &[
            -0.09, 0.51, -0.22, 0.462, -0.28, 0.43, -0.325, 0.38, -0.355, 0.3, -0.4, -0.1, 0.4,
            -0.1, 0.335, 0.3, 0.305, 0.37, 0.26, 0.42, 0.2, 0.455, 0.085, 0.5, 0.03, 0.4, -0.03,
            0.4,
        ],
    );
    sheet.shape(&body, Ink::Down(coat.lit(0.12), coat.shade(0.25)));
    let dark = trace(
        at,
        &[
            -0.09, 0.51, -0.22, 0.462, -0.28, 0.43, -0.325, 0.38, -0.355, 0.3, -0.4, -0.1, -0.06,
            -0.1, -0.1, 0.3,
        ],
    );
    sheet.shape(&dark, coat.shade(0.7).fade(0.4));
    let rim = trace(
        at,
        &[
            0.085, 0.5, 0.2, 0.455, 0.26, 0.42, 0.305, 0.37, 0.335, 0.3, 0.4, -0.1, 0.365, -0.1,
            0.3, 0.3, 0.275, 0.36, 0.23, 0.4,
        ],
    );
    sheet.shape(&rim, light.lit(0.5).fade(0.42));
    for lapel in [
        trace(at, &[-0.09, 0.51, -0.04, 0.38, -0.14, 0.3, -0.15, 0.46]),
        trace(at, &[0.085, 0.5, 0.03, 0.38, 0.12, 0.3, 0.15, 0.45]),
    ] {
        sheet.shape(&lapel, coat.lit(0.18));
    }
    sheet.line(
        &[at(-0.005, 0.38), at(-0.01, -0.1)],
        size * 0.006,
        coat.shade(0.5),
    );
}

fn head(sheet: &mut Sheet, place: (Spot, f32, f32), (skin, hair, palette): Looks<'_>) {
    let ((x, y), size, face) = place;
    let at = |across: f32, up: f32| (x + across * size * face, y - up * size);
    let outline = trace(
        at,
        &[
            -0.1, 0.9, 0.06, 0.94, 0.135, 0.86, 0.135, 0.74, 0.1, 0.62, 0.045, 0.565, -0.03, 0.6,
            -0.11, 0.68, -0.13, 0.78,
        ],
    );
    sheet.soft(&outline, Ink::Down(skin.lit(0.08), skin.shade(0.04)));
    let cheek = trace(
        at,
        &[
            -0.11, 0.84, -0.02, 0.8, -0.015, 0.68, 0.03, 0.585, -0.03, 0.605, -0.11, 0.68, -0.13,
            0.78,
        ],
    );
    sheet.soft(&cheek, skin.shade(0.5).fade(0.36));
    features(sheet, place, (skin, hair, palette));
    let fringe = trace(
        at,
        &[
            0.12, 0.86, 0.1, 0.93, 0.02, 0.98, -0.12, 0.96, -0.2, 0.82, -0.19, 0.6, -0.14, 0.52,
            -0.085, 0.6, -0.09, 0.74, -0.04, 0.85, 0.05, 0.895,
        ],
    );
    sheet.soft(&fringe, Ink::Down(hair.lit(0.08), hair.shade(0.1)));
    sheet.bow(
        [at(0.09, 0.925), at(-0.06, 0.965), at(-0.155, 0.8)],
        size * 0.007,
        hair.lit(0.28).fade(0.6),
    );
    sheet.bow(
        [at(0.06, 0.915), at(-0.08, 0.93), at(-0.135, 0.66)],
        size * 0.005,
        hair.lit(0.24).fade(0.5),
    );
}

fn features(sheet: &mut Sheet, place: (Spot, f32, f32), (skin, hair, palette): Looks<'_>) {
    let ((x, y), size, face) = place;
    let at = |across: f32, up: f32| (x + across * size * face, y - up * size);
    let line = skin.shade(0.6);
    for (eye, wide) in [(0.0, 0.026), (0.088, 0.02)] {
        sheet.soft(
            &trace(
                at,
                &[eye - wide, 0.753, eye, 0.77, eye + wide, 0.753, eye, 0.742],
            ),
            palette.pale.shade(0.1),
        );
        sheet.oval(
            at(eye + 0.005, 0.755),
            (size * 0.009, size * 0.0105),
            hair.shade(0.3),
        );
        sheet.bow(
            [at(eye - wide, 0.754), at(eye, 0.775), at(eye + wide, 0.756)],
            size * 0.005,
            line.shade(0.3),
        );
        sheet.bow(
            [
                at(eye - wide * 1.2, 0.79),
                at(eye, 0.813),
                at(eye + wide * 1.2, 0.796),
            ],
            size * 0.008,
            hair.fade(0.9),
        );
    }
    mouth(sheet, place, skin, palette.sun);
}

/// Nose and lips, and the light along the cheek.
fn mouth(sheet: &mut Sheet, place: (Spot, f32, f32), skin: Hue, light: Hue) {
    let ((x, y), size, face) = place;
    let at = |across: f32, up: f32| (x + across * size * face, y - up * size);
    let nose = trace(
        at,
        &[
            0.05, 0.76, 0.062, 0.72, 0.078, 0.69, 0.062, 0.682, 0.045, 0.686, 0.046, 0.72,
        ],
    );
    sheet.soft(&nose, skin.shade(0.3).fade(0.6));
    let lips = trace(
        at,
        &[
            0.02, 0.643, 0.045, 0.652, 0.06, 0.648, 0.076, 0.651, 0.094, 0.643, 0.06, 0.628,
        ],
    );
    sheet.soft(&lips, skin.mix(hue([150, 52, 52]), 0.55));
    sheet.bow(
        [at(0.022, 0.642), at(0.058, 0.638), at(0.092, 0.643)],
        size * 0.003,
        skin.shade(0.6),
    );
    sheet.beam(
        &trace(at, &[0.135, 0.84, 0.13, 0.72, 0.1, 0.64, 0.115, 0.72]),
        light.fade(0.3),
    );
}
