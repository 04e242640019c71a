//! A courthouse with its columns and steps, and the people before it.

use super::brush::{Ink, Sheet, Spot};
use super::chance::Chance;
use super::colour::{Hue, Palette, daylight};
use super::land;
use super::people::{Person, Pose, shadow};

pub(super) fn courthouse(sheet: &mut Sheet, chance: &mut Chance) {
    let palette = daylight(chance);
    let (wide, high) = (sheet.wide, sheet.high);
    let ground = high * 0.72;
    land::sky(sheet, &palette, ground);
    land::clouds(sheet, chance, (20.0, high * 0.4), palette.pale);
    sheet.glow(
        (wide * 0.1, high * 0.1),
        (wide * 0.7, high * 0.8),
        palette.sun.fade(0.4),
    );
    skyline(
        sheet,
        chance,
        (ground, 150.0),
        palette.layers[0].mix(palette.sky[1], 0.35),
    );
    let stone = palette.pale.mix(palette.layers[0], 0.3);
    let half = (wide * 0.4).min(high * 0.56);
    let middle = wide * 0.53;
    temple(
        sheet,
        ((middle, ground - 60.0), half, high * 0.46),
        (stone, palette.ink),
    );
    stairs(sheet, (middle, ground - 60.0), half, stone);
    let pavement = palette.cloth[5].mix(palette.layers[1], 0.35);
    sheet.rect(
        (0.0, ground + 44.0),
        (wide, high),
        Ink::Down(pavement.lit(0.12), pavement.shade(0.32)),
    );
    for (across, tall) in [(0.05, 230.0), (0.955, 260.0)] {
        land::tree(
            sheet,
            chance,
            (wide * across, ground + 52.0),
            (tall, palette.layers[2]),
        );
    }
    onlookers(sheet, chance, &palette, ground);
}

fn skyline(sheet: &mut Sheet, chance: &mut Chance, (base, tall): Spot, tone: Hue) {
    let mut x = -10.0;
    while x < sheet.wide {
        let (wide, rise) = (chance.between(34.0, 92.0), tall * chance.between(0.45, 1.3));
        sheet.rect(
            (x, base - rise),
            (wide, rise),
            Ink::Down(tone.shade(0.06), tone.lit(0.25)),
        );
        x += wide;
    }
}

fn temple(sheet: &mut Sheet, ((x, floor), half, tall): (Spot, f32, f32), (stone, ink): (Hue, Hue)) {
    let beam = floor - tall * 0.62;
    let wall = (x - half * 0.9, beam);
    sheet.rect(
        wall,
        (half * 1.8, floor - beam),
        Ink::Down(stone.shade(0.58), stone.shade(0.38)),
    );
    for (door, share) in [(-0.4, 0.66), (0.0, 0.82), (0.4, 0.66)] {
        let (width, rise) = (half * 0.17, (floor - beam) * share);
        sheet.rect(
            (x + door * half - width * 0.5, floor - rise),
            (width, rise),
            ink.mix(stone, 0.14),
        );
    }
    columns(sheet, (x, half), (beam, floor), stone);
    let cornice = tall * 0.09;
    sheet.rect(
        (x - half, beam - cornice),
        (half * 2.0, cornice),
        Ink::Across(stone.lit(0.35), stone.shade(0.06)),
    );
    sheet.rect((x - half, beam - 4.0), (half * 2.0, 4.0), stone.shade(0.3));
    let (eaves, top) = (beam - cornice, floor - tall * 1.0);
    let gable = [(x - half * 1.06, eaves), (x, top), (x + half * 1.06, eaves)];
    sheet.shape(&gable, Ink::Across(stone.lit(0.45), stone.shade(0.14)));
    let inner = [
        (x - half * 0.84, eaves - 12.0),
        (x, top + 24.0),
        (x + half * 0.84, eaves - 12.0),
    ];
    sheet.shape(&inner, Ink::Across(stone.shade(0.16), stone.shade(0.3)));
    scales(sheet, (x, eaves - tall * 0.11), tall * 0.1, stone.lit(0.4));
}

fn columns(sheet: &mut Sheet, (x, half): Spot, (beam, floor): (f32, f32), stone: Hue) {
    for place in [-0.86, -0.516, -0.172, 0.172, 0.516, 0.86] {
        let (middle, wide) = (x + place * half, half * 0.1);
        let shaft = [
            (middle - wide * 0.42, beam),
            (middle + wide * 0.42, beam),
            (middle + wide * 0.5, floor),
            (middle - wide * 0.5, floor),
        ];
        sheet.shape(&shaft, Ink::Across(stone.lit(0.5), stone.shade(0.28)));
        for flute in [-0.2, 0.02, 0.24] {
            let line = [
                (middle + flute * wide, beam + 12.0),
                (middle + flute * wide * 1.15, floor - 8.0),
            ];
            sheet.line(&line, wide * 0.05, stone.shade(0.4).fade(0.5));
        }
        sheet.rect(
            (middle - wide * 0.68, beam),
            (wide * 1.36, 10.0),
            stone.lit(0.25),
        );
        sheet.rect(
            (middle - wide * 0.7, floor - 9.0),
            (wide * 1.4, 9.0),
            stone.lit(0.12),
        );
    }
}

fn scales(sheet: &mut Sheet, (x, y): Spot, size: f32, tone: Hue) {
    sheet.line(
        &[(x, y - size * 0.5), (x, y + size * 0.6)],
        size * 0.07,
        tone,
    );
    sheet.line(
        &[
            (x - size * 0.7, y - size * 0.36),
            (x + size * 0.7, y - size * 0.36),
        ],
        size * 0.06,
        tone,
    );
    for side in [-0.7, 0.7] {
        let hook = (x + side * size, y - size * 0.36);
        let (left, right) = (
            (hook.0 - size * 0.26, y + size * 0.18),
            (hook.0 + size * 0.26, y + size * 0.18),
        );
        sheet.line(&[left, hook, right], size * 0.03, tone);
        sheet.soft(&[left, right, (hook.0, y + size * 0.5)], tone);
    }
}

fn stairs(sheet: &mut Sheet, (x, top): Spot, half: f32, stone: Hue) {
    for step in land::steps(9.0, 1.0) {
        let (y, reach) = (top + step * 11.0, half * 1.02 + step * 9.0);
        sheet.rect(
            (x - reach, y),
            (reach * 2.0, 6.0),
            Ink::Across(stone.lit(0.55), stone.lit(0.15)),
        );
        sheet.rect(
            (x - reach, y + 5.0),
            (reach * 2.0, 7.0),
            Ink::Across(stone.shade(0.2), stone.shade(0.42)),
        );
    }
}

fn onlookers(sheet: &mut Sheet, chance: &mut Chance, palette: &Palette, ground: f32) {
    let (wide, high) = (sheet.wide, sheet.high);
    for (low, tall, share) in [
        (ground - 20.0, 78.0, 0.26),
        (ground + 22.0, 96.0, 0.4),
        (high * 0.89, 150.0, 0.62),
    ] {
        let mut x = wide * (0.5 - share * 0.62);
        while x < wide * (0.5 + share * 0.72) {
            let feet = (x, low + chance.sway(9.0));
            let pose = chance.pick(&[
                Pose::Standing,
                Pose::Standing,
                Pose::Holding,
                Pose::Walking,
                Pose::Carrying,
            ]);
            let person = Person::new(chance, palette, feet, tall).posed(pose);
            let person = if chance.happens(0.55) {
                person.away()
            } else {
                person
            };
            shadow(sheet, &person, 0.75, palette.ink);
            person.draw(sheet);
            x += tall * chance.pick(&[0.34, 0.42, 0.5, 1.1, 1.6]);
        }
    }
}
