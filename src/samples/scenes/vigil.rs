//! A square at night, lit by candles.

use super::brush::{Ink, Sheet, Spot};
use super::chance::Chance;
use super::colour::{Hue, Palette, nightfall};
use super::land;
use super::people::{Person, Pose};

pub(super) fn vigil(sheet: &mut Sheet, chance: &mut Chance) {
    let palette = nightfall(chance);
    let (wide, high) = (sheet.wide, sheet.high);
    let ground = high * 0.55;
    land::sky(sheet, &palette, ground);
    stars(sheet, chance, palette.pale);
    sheet.glow(
        (wide * 0.5, ground + 30.0),
        (wide * 0.6, high * 0.42),
        palette.accent.fade(0.5),
    );
    square(sheet, chance, &palette, ground);
    let stone = palette.layers[1].mix(palette.accent, 0.12);
    sheet.rect(
        (0.0, ground),
        (wide, high - ground),
        Ink::Down(stone.lit(0.1), palette.ink),
    );
    sheet.glow(
        (wide * 0.5, high * 0.72),
        (wide * 0.58, high * 0.3),
        palette.accent.fade(0.42),
    );
    for row in land::steps(1.0, 0.2) {
        mourners(sheet, chance, &palette, row);
    }
    lights_on_the_ground(sheet, chance, &palette);
}

fn stars(sheet: &mut Sheet, chance: &mut Chance, hue: Hue) {
    for _ in 0..90 {
        let spot = (
            chance.unit() * sheet.wide,
            chance.unit() * chance.unit() * sheet.high * 0.4,
        );
        let size = chance.between(0.5, 1.5);
        sheet.oval(spot, (size, size), hue.fade(chance.between(0.25, 0.9)));
    }
}

/// Dark houses around the square, a few windows lit, and a tower.
fn square(sheet: &mut Sheet, chance: &mut Chance, palette: &Palette, base: f32) {
    let mut x = -20.0;
    while x < sheet.wide {
        let (wide, tall) = (chance.between(60.0, 130.0), chance.between(80.0, 190.0));
        let tone = palette.layers[1].mix(palette.layers[2], chance.unit());
        let roof = [
            (x - 4.0, base - tall),
            (x + wide * 0.5, base - tall - chance.between(8.0, 44.0)),
            (x + wide + 4.0, base - tall),
        ];
        sheet.shape(&roof, tone.shade(0.25));
        sheet.rect(
            (x, base - tall),
            (wide, tall),
            Ink::Down(tone, tone.mix(palette.accent, 0.2)),
        );
        windows(
            sheet,
            chance,
            ((x, base), (wide, tall)),
            [palette.sun.shade(0.1), tone.shade(0.4)],
        );
        x += wide + 1.0;
    }
    tower(sheet, palette, base);
}

fn windows(
    sheet: &mut Sheet,
    chance: &mut Chance,
    ((x, base), (wide, tall)): (Spot, Spot),
    [warm, dark]: [Hue; 2],
) {
    for across in [0.18, 0.45, 0.72] {
        for up in land::steps(tall - 60.0, 32.0) {
            let pane = if chance.happens(0.26) { warm } else { dark };
            sheet.rect(
                (x + wide * across, base - up - 44.0),
                (wide * 0.12, 17.0),
                pane,
            );
        }
    }
}

fn tower(sheet: &mut Sheet, palette: &Palette, base: f32) {
    let tower = sheet.wide * 0.72;
    let tone = palette.layers[2];
    sheet.rect(
        (tower - 24.0, base - 280.0),
        (48.0, 280.0),
        Ink::Down(tone, tone.mix(palette.accent, 0.16)),
    );
    sheet.shape(
        &[
            (tower - 30.0, base - 280.0),
            (tower, base - 370.0),
            (tower + 30.0, base - 280.0),
        ],
        tone.shade(0.3),
    );
    sheet.oval(
        (tower, base - 250.0),
        (13.0, 13.0),
        palette.sun.lit(0.2).fade(0.85),
    );
}

fn mourners(sheet: &mut Sheet, chance: &mut Chance, palette: &Palette, row: f32) {
    let (wide, high) = (sheet.wide, sheet.high);
    let tall = 70.0 + 170.0 * row * row;
    let y = high * (0.63 + 0.42 * row);
    let mut x = chance.between(-0.3, 0.1) * tall;
    while x < wide + tall * 0.2 {
        let back = row > 0.7;
        let child = if chance.happens(0.14) { 0.66 } else { 1.0 };
        let feet = (x, y + chance.sway(tall * 0.06));
        let person = Person::new(chance, palette, feet, tall * child);
        let person = person
            .posed(Pose::Holding)
            .veiled(palette.ink, if back { 0.72 } else { 0.3 });
        let person = if back { person.away() } else { person };
        person.draw(sheet);
        let (hand_x, hand_y) = person.hand();
        if !back {
            sheet.glow(
                (hand_x, hand_y - tall * 0.14),
                (tall * 0.36, tall * 0.36),
                palette.accent.fade(0.55),
            );
        }
        candle(
            sheet,
            palette,
            (hand_x, hand_y),
            if back { 0.0 } else { tall },
        );
        x += tall * chance.between(0.38, 0.66);
    }
}

fn candle(sheet: &mut Sheet, palette: &Palette, (x, y): Spot, tall: f32) {
    let (thick, rise) = (tall * 0.026, tall * 0.09);
    sheet.rect((x - thick * 0.5, y - rise), (thick, rise), palette.pale);
    let tip = y - rise;
    sheet.glow(
        (x, tip - tall * 0.03),
        (tall * 0.11, tall * 0.11),
        palette.sun.fade(0.9),
    );
    let flame = [
        (x, tip - tall * 0.08),
        (x + tall * 0.02, tip - tall * 0.02),
        (x, tip + tall * 0.006),
        (x - tall * 0.02, tip - tall * 0.02),
    ];
    sheet.soft(&flame, palette.sun.lit(0.6));
}

fn lights_on_the_ground(sheet: &mut Sheet, chance: &mut Chance, palette: &Palette) {
    for _ in 0..34 {
        let spot = (
            sheet.wide * (0.5 + chance.sway(0.42)),
            sheet.high * chance.between(0.87, 0.99),
        );
        let size = chance.between(46.0, 88.0);
        sheet.glow(spot, (size * 0.8, size * 0.34), palette.accent.fade(0.5));
        candle(sheet, palette, spot, size);
    }
}
