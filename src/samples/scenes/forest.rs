//! Two walkers on a path through a forest.

use super::brush::{Ink, Sheet, Spot, trace};
use super::chance::Chance;
use super::colour::{Hue, Palette, earthy, hue};
use super::people::{Person, Pose, shadow};

const WOODS: [[[u8; 3]; 5]; 3] = [
    [
        [232, 232, 200],
        [178, 196, 164],
        [112, 144, 116],
        [58, 92, 78],
        [24, 44, 42],
    ],
    [
        [250, 226, 178],
        [226, 178, 116],
        [180, 116, 70],
        [110, 70, 54],
        [44, 32, 34],
    ],
    [
        [214, 226, 230],
        [164, 188, 192],
        [104, 136, 144],
        [58, 86, 98],
        [22, 36, 48],
    ],
];

pub(super) fn forest(sheet: &mut Sheet, chance: &mut Chance) {
    let palette = earthy(chance);
    let [light, far, middle, near, dark] = chance.pick(&WOODS).map(hue);
    let (wide, high) = (sheet.wide, sheet.high);
    let glade = (wide * chance.between(0.46, 0.58), high * 0.42);
    sheet.rect(
        (0.0, 0.0),
        (wide, high),
        Ink::Down(far.mix(light, 0.35), light),
    );
    sheet.glow(
        glade,
        (wide * 0.5, high * 0.55),
        palette.sun.lit(0.45).fade(0.75),
    );
    for (depth, tone) in [(0.1, light.mix(far, 0.6)), (0.32, far), (0.55, middle)] {
        trunks(sheet, chance, (depth, glade.0), tone);
        sheet.rect(
            (0.0, high * (0.56 + depth * 0.12)),
            (wide, high),
            Ink::Down(tone.lit(0.14).fade(0.75), tone.fade(0.9)),
        );
    }
    path(sheet, glade, (light, near));
    beams(sheet, chance, glade, palette.sun.lit(0.5));
    walkers(sheet, chance, &palette, glade.0);
    trunks(sheet, chance, (0.8, glade.0), near);
    ferns(sheet, chance, high * 0.86, near.shade(0.2));
    trunks(sheet, chance, (1.12, glade.0), dark);
    ferns(sheet, chance, high * 0.98, dark);
    canopy(sheet, chance, (near, dark));
}

/// Trunks at one distance; none stand on the path around `open`.
fn trunks(sheet: &mut Sheet, chance: &mut Chance, (depth, open): (f32, f32), tone: Hue) {
    let (wide, high) = (sheet.wide, sheet.high);
    let thick = 9.0 + 58.0 * depth * depth;
    let ground = high * (0.56 + 0.32 * depth);
    let mut x = chance.between(-0.5, 0.5) * thick;
    while x < wide {
        let clear = 40.0 + 240.0 * depth;
        if (x - open).abs() > clear {
            let foot = (x, ground + chance.sway(10.0));
            let girth = thick * chance.between(0.7, 1.15);
            trunk(sheet, chance, (foot, girth), tone);
        }
        x += thick * chance.between(1.8, 4.6);
    }
}

fn trunk(sheet: &mut Sheet, chance: &mut Chance, ((x, y), thick): (Spot, f32), tone: Hue) {
    let lean = chance.sway(thick * 0.5);
    let half = thick * 0.5;
    let outline = [
        (x - half * 0.6 + lean, -10.0),
        (x + half * 0.6 + lean, -10.0),
        (x + half * 0.85, y - thick),
        (x + half * 1.7, y + half * 0.3),
        (x - half * 1.7, y + half * 0.3),
        (x - half * 0.85, y - thick),
    ];
    sheet.shape(&outline, Ink::Across(tone.lit(0.1), tone.shade(0.28)));
    for _ in 0..3 {
        let up = y * chance.between(0.1, 0.62);
        let way = chance.side();
        let from = (x + lean * 0.6, up);
        let tip = (
            x + way * thick * chance.between(2.0, 3.4),
            up - thick * chance.between(1.0, 2.4),
        );
        let half = thick * 0.085;
        let branch = [(from.0, up - half), (from.0, up + half), tip];
        sheet.shape(&branch, tone.shade(0.12));
    }
}

fn path(sheet: &mut Sheet, glade: Spot, (light, near): (Hue, Hue)) {
    let (wide, high) = (sheet.wide, sheet.high);
    let at = |across: f32, down: f32| (glade.0 + across * wide, high * down);
    let way = trace(
        at,
        &[
            -0.016, 0.632, 0.016, 0.632, 0.034, 0.67, 0.07, 0.75, 0.15, 0.88, 0.24, 1.1, -0.27,
            1.1, -0.16, 0.9, -0.07, 0.76, -0.034, 0.67,
        ],
    );
    sheet.soft(&way, Ink::Down(light.lit(0.3), light.mix(near, 0.4)));
}

fn beams(sheet: &mut Sheet, chance: &mut Chance, glade: Spot, hue: Hue) {
    let high = sheet.high;
    for _ in 0..6 {
        let x = glade.0 + chance.sway(250.0);
        let (wide, lean) = (chance.between(14.0, 60.0), chance.between(110.0, 210.0));
        let shaft = [
            (x, -10.0),
            (x + wide, -10.0),
            (x + wide * 1.7 - lean, high * 0.86),
            (x - lean, high * 0.86),
        ];
        sheet.beam(&shaft, Ink::Down(hue.fade(0.34), hue.fade(0.0)));
    }
}

fn walkers(sheet: &mut Sheet, chance: &mut Chance, palette: &Palette, middle: f32) {
    let ground = sheet.high * 0.79;
    for (across, tall, coat) in [
        (-30.0, 168.0, palette.accent),
        (36.0, 156.0, palette.cloth[2]),
    ] {
        let feet = (middle + across, ground + chance.sway(4.0));
        let person = Person::new(chance, palette, feet, tall)
            .posed(Pose::Walking)
            .away();
        let person = person.dressed(coat).with_bag().facing(1.0);
        shadow(sheet, &person, 0.25, palette.ink);
        person.draw(sheet);
    }
}

fn ferns(sheet: &mut Sheet, chance: &mut Chance, y: f32, tone: Hue) {
    let (wide, high) = (sheet.wide, sheet.high);
    let mut x = -20.0;
    while x < wide {
        let edge = ((x / wide - 0.53) * 2.0).abs().powi(2);
        let tall = 14.0 + 76.0 * edge * chance.between(0.5, 1.0);
        if edge < 0.07 {
            x += 18.0;
            continue;
        }
        for _ in 0..5 {
            let tip = (x + chance.sway(tall), y - tall * chance.between(0.5, 1.0));
            let bend = (f32::midpoint(x, tip.0), y - tall * 0.95);
            sheet.bow(
                [(x, y + 30.0), bend, tip],
                2.4 + tall * 0.03,
                tone.lit(chance.between(0.0, 0.12)),
            );
        }
        x += chance.between(10.0, 24.0);
    }
    hem(sheet, (y, high), tone);
}

fn hem(sheet: &mut Sheet, (y, high): Spot, tone: Hue) {
    let wide = sheet.wide;
    sheet.soft(
        &[
            (-80.0, y - 30.0),
            (wide * 0.3, y + 40.0),
            (wide * 0.3, high + 80.0),
            (-80.0, high + 80.0),
        ],
        tone,
    );
    sheet.soft(
        &[
            (wide + 80.0, y - 30.0),
            (wide * 0.78, y + 40.0),
            (wide * 0.78, high + 80.0),
            (wide + 80.0, high + 80.0),
        ],
        tone,
    );
}

/// Leaves that hang into the picture from above.
fn canopy(sheet: &mut Sheet, chance: &mut Chance, (near, dark): (Hue, Hue)) {
    let wide = sheet.wide;
    for tone in [near, dark] {
        for _ in 0..70 {
            let x = chance.unit() * wide;
            let edge = ((x / wide - 0.5) * 2.0).abs();
            let reach = 10.0 + 90.0 * edge * chance.unit();
            let size = chance.between(12.0, 30.0);
            sheet.oval((x, reach - 14.0), (size, size * 0.6), tone.fade(0.9));
        }
    }
}
