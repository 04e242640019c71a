//! A city from above, part of it in ruins.

use super::brush::{Ink, Sheet, Spot};
use super::chance::Chance;
use super::colour::{Hue, hue};
use super::land;

const ROOFS: [[u8; 3]; 7] = [
    [204, 186, 160],
    [186, 158, 128],
    [172, 118, 88],
    [214, 204, 186],
    [150, 142, 130],
    [194, 138, 100],
    [226, 216, 196],
];

pub(super) fn satellite(sheet: &mut Sheet, chance: &mut Chance) {
    let (wide, high) = (sheet.wide, sheet.high);
    let ground = hue(chance.pick(&[[176, 164, 140], [164, 158, 142], [184, 162, 132]]));
    sheet.rect(
        (0.0, 0.0),
        (wide, high),
        Ink::Across(ground.lit(0.08), ground.shade(0.1)),
    );
    let blast = (
        wide * chance.between(0.52, 0.66),
        high * chance.between(0.4, 0.58),
    );
    let tilt = chance.between(0.1, 0.22) * chance.side();
    let turn = |x: f32, y: f32| (wide * 0.5 + x - y * tilt, high * 0.5 + y + x * tilt);
    for down in land::steps(12.0, 1.0) {
        for across in land::steps(14.0, 1.0) {
            let (x, y) = ((across - 7.0) * 132.0, (down - 6.0) * 112.0);
            let centre = turn(x, y);
            let worn = 1.0 - (centre.0 - blast.0).hypot(centre.1 - blast.1) / 250.0;
            block(sheet, chance, (&turn, (x, y)), worn);
        }
    }
    avenue(sheet, [turn(-1200.0, -61.0), turn(1200.0, -61.0)], ground);
    avenue(sheet, [turn(-198.0, -1200.0), turn(-198.0, 1200.0)], ground);
    traffic(sheet, chance, &turn);
    river(sheet, chance, ground);
    scars(sheet, chance, blast);
    land::clouds(
        sheet,
        chance,
        (0.0, high * 0.3),
        hue([255, 255, 255]).fade(0.5),
    );
}

/// Houses round a yard; `worn` above nothing means the strikes reached it.
fn block(
    sheet: &mut Sheet,
    chance: &mut Chance,
    (turn, (x, y)): (&dyn Fn(f32, f32) -> Spot, Spot),
    worn: f32,
) {
    if worn < 0.0 && chance.happens(0.07) {
        park(sheet, chance, (turn, (x, y)));
        return;
    }
    for row in [-1.0, 0.0, 1.0] {
        for column in [-1.5, -0.5, 0.5, 1.5] {
            let centre = (
                x + column * 28.0 + chance.sway(1.5),
                y + row * 31.0 + chance.sway(1.5),
            );
            let half = (chance.between(9.5, 13.4), chance.between(10.5, 14.6));
            let place = [
                turn(centre.0 - half.0, centre.1 - half.1),
                turn(centre.0 + half.0, centre.1 - half.1),
                turn(centre.0 + half.0, centre.1 + half.1),
                turn(centre.0 - half.0, centre.1 + half.1),
            ];
            if chance.unit() < worn * 1.5 {
                ruin(sheet, chance, place);
            } else if chance.happens(0.92) {
                house(sheet, chance, place);
            }
        }
    }
}

fn house(sheet: &mut Sheet, chance: &mut Chance, place: [Spot; 4]) {
    let rise = chance.between(4.0, 13.0);
    let cast = place.map(|(x, y)| (x + rise, y + rise * 0.8));
    let [left_top, right_top, right_low, left_low] = place;
    let [_, cast_right, cast_low, cast_left] = cast;
    let dark = hue([34, 32, 44]);
    sheet.shape(
        &[
            right_top, cast_right, cast_low, cast_left, left_low, right_low,
        ],
        dark.fade(0.5),
    );
    let roof = hue(chance.pick(&ROOFS)).lit(chance.between(0.0, 0.2));
    sheet.shape(&place, roof);
    let half = |from: Spot, to: Spot| (f32::midpoint(from.0, to.0), f32::midpoint(from.1, to.1));
    if chance.happens(0.5) {
        let ridge = [
            half(left_top, right_top),
            right_top,
            right_low,
            half(left_low, right_low),
        ];
        sheet.shape(&ridge, roof.shade(0.16));
    } else {
        sheet.line(
            &[left_top, right_top, right_low, left_low, left_top],
            1.4,
            roof.lit(0.4),
        );
        let (x, y) = half(left_top, right_low);
        sheet.rect(
            (x + chance.sway(5.0), y + chance.sway(5.0)),
            (5.0, 4.0),
            roof.shade(0.45),
        );
    }
}

/// Walls without a roof, rubble, ash.
fn ruin(sheet: &mut Sheet, chance: &mut Chance, place: [Spot; 4]) {
    let ash = hue([112, 108, 106]).shade(chance.between(0.0, 0.3));
    let broken = place.map(|(x, y)| (x + chance.sway(6.0), y + chance.sway(6.0)));
    sheet.soft(
        &broken.map(|(x, y)| (x + 2.0, y + 2.0)),
        ash.shade(0.5).fade(0.6),
    );
    sheet.shape(&broken, ash);
    let [first, second, third, fourth] = broken;
    sheet.line(&[fourth, first, second], 2.2, ash.lit(0.45));
    sheet.line(&[second, third], 1.6, ash.shade(0.5));
    for _ in 0..9 {
        let stone = (
            first.0 + chance.between(-6.0, 30.0),
            first.1 + chance.between(-6.0, 32.0),
        );
        let size = chance.between(0.8, 3.2);
        let tone = if chance.happens(0.5) {
            ash.lit(0.4)
        } else {
            ash.shade(0.5)
        };
        sheet.rect(stone, (size * 1.4, size), tone);
    }
}

fn park(sheet: &mut Sheet, chance: &mut Chance, (turn, (x, y)): (&dyn Fn(f32, f32) -> Spot, Spot)) {
    let green = hue([122, 138, 98]);
    sheet.shape(
        &[
            turn(x - 56.0, y - 46.0),
            turn(x + 56.0, y - 46.0),
            turn(x + 56.0, y + 46.0),
            turn(x - 56.0, y + 46.0),
        ],
        green,
    );
    sheet.line(
        &[turn(x - 56.0, y - 46.0), turn(x + 56.0, y + 46.0)],
        4.0,
        green.lit(0.5),
    );
    for _ in 0..26 {
        let (left, top) = turn(x + chance.sway(52.0), y + chance.sway(42.0));
        let size = chance.between(3.5, 7.5);
        sheet.oval(
            (left + 3.0, top + 3.0),
            (size, size),
            hue([30, 40, 40]).fade(0.4),
        );
        sheet.oval(
            (left, top),
            (size, size),
            green.shade(chance.between(0.2, 0.45)),
        );
    }
}

fn avenue(sheet: &mut Sheet, ends: [Spot; 2], ground: Hue) {
    sheet.line(&ends, 26.0, ground.shade(0.32));
    sheet.line(&ends, 1.6, ground.lit(0.5).fade(0.7));
}

fn traffic(sheet: &mut Sheet, chance: &mut Chance, turn: &dyn Fn(f32, f32) -> Spot) {
    for _ in 0..60 {
        let lane = chance.side() * 6.0;
        let (x, y) = turn(chance.sway(900.0), -61.0 + lane);
        let paint = hue(chance.pick(&[
            [240, 240, 236],
            [60, 64, 72],
            [180, 60, 46],
            [214, 206, 190],
        ]));
        sheet.rect((x, y - 1.6), (6.0, 3.2), paint);
    }
}

fn river(sheet: &mut Sheet, chance: &mut Chance, ground: Hue) {
    let (wide, high) = (sheet.wide, sheet.high);
    let start = wide * chance.between(0.02, 0.12);
    let ends = [
        (start, -40.0),
        (start + wide * 0.16, high * 0.5),
        (start - wide * 0.04, high + 40.0),
    ];
    sheet.bow(ends, 132.0, ground.lit(0.18));
    sheet.bow(ends, 116.0, hue([66, 98, 104]));
    sheet.bow(ends.map(|(x, y)| (x + 24.0, y)), 44.0, hue([84, 118, 122]));
    for down in [0.22, 0.7] {
        let bridge = [
            (start - 60.0, high * down),
            (start + 190.0, high * (down + 0.05)),
        ];
        sheet.line(
            &bridge.map(|(x, y)| (x + 5.0, y + 6.0)),
            15.0,
            hue([24, 40, 48]).fade(0.5),
        );
        sheet.line(&bridge, 15.0, ground.lit(0.3));
    }
}

fn scars(sheet: &mut Sheet, chance: &mut Chance, blast: Spot) {
    let ash = hue([52, 50, 52]);
    for _ in 0..9 {
        let spot = (blast.0 + chance.sway(150.0), blast.1 + chance.sway(120.0));
        let size = chance.between(14.0, 36.0);
        sheet.oval(spot, (size * 2.4, size * 2.0), Ink::Glow(ash.fade(0.5)));
        sheet.oval(spot, (size * 0.5, size * 0.42), ash.lit(0.28));
        sheet.oval(
            (spot.0 + 2.0, spot.1 + 2.0),
            (size * 0.36, size * 0.3),
            ash.shade(0.4),
        );
    }
    sheet.oval(blast, (300.0, 240.0), Ink::Glow(ash.lit(0.3).fade(0.4)));
}
