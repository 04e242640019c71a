//! A mountain pass and the families who stand before it.

use super::brush::{Ink, Sheet, trace};
use super::chance::Chance;
use super::colour::{Hue, Palette, earthy};
use super::land;
use super::people::{Person, Pose, shadow};

pub(super) fn crossing(sheet: &mut Sheet, chance: &mut Chance) {
    let palette = earthy(chance);
    let (wide, high) = (sheet.wide, sheet.high);
    let base = high * 0.6;
    land::sky(sheet, &palette, base);
    let light = (
        wide * chance.between(0.66, 0.8),
        high * chance.between(0.2, 0.28),
    );
    land::sun(sheet, &palette, light, 46.0);
    land::clouds(sheet, chance, (20.0, base * 0.5), palette.pale);
    let [far, middle, near, front] = palette.layers;
    land::peaks(sheet, chance, (base, high * 0.34), far);
    land::haze(sheet, base - 30.0, 110.0, palette.sky[1].fade(0.75));
    land::peaks(sheet, chance, (base + 24.0, high * 0.2), middle);
    land::haze(sheet, base + 20.0, 70.0, palette.sky[1].fade(0.5));
    land::hills(
        sheet,
        chance,
        (base + 50.0, 46.0),
        Ink::Down(near.lit(0.1), near),
    );
    road(sheet, &palette, base + 46.0);
    column(sheet, chance, &palette, base + 46.0);
    land::hills(
        sheet,
        chance,
        (high * 0.92, 34.0),
        Ink::Down(front.lit(0.06), front.shade(0.4)),
    );
    tufts(sheet, chance, high * 0.93, front.shade(0.4));
    families(sheet, chance, &palette);
}

/// A way that winds up to the pass.
fn road(sheet: &mut Sheet, palette: &Palette, top: f32) {
    let (wide, deep) = (sheet.wide, sheet.high - top);
    let at = |across: f32, down: f32| (wide * across, top + deep * down);
    let way = trace(
        at,
        &[
            0.5, -0.04, 0.6, 0.1, 0.42, 0.22, 0.36, 0.4, 0.6, 0.56, 0.72, 0.8, 0.74, 1.1, 0.36,
            1.1, 0.42, 0.76, 0.36, 0.6, 0.26, 0.38, 0.36, 0.18, 0.56, 0.1, 0.49, -0.04,
        ],
    );
    let dust = palette.layers[0].lit(0.25);
    sheet.soft(&way, Ink::Down(dust.fade(0.55), dust.fade(0.85)));
}

/// Those who are still on their way up, tiny against the mountain.
fn column(sheet: &mut Sheet, chance: &mut Chance, palette: &Palette, top: f32) {
    let deep = sheet.high - top;
    let bends = [
        (0.52, 0.02, 22.0),
        (0.56, 0.08, 26.0),
        (0.5, 0.14, 31.0),
        (0.42, 0.2, 37.0),
        (0.36, 0.28, 44.0),
        (0.31, 0.38, 52.0),
        (0.36, 0.48, 62.0),
    ];
    for (across, down, tall) in bends {
        for _ in 0..5 {
            let feet = (
                sheet.wide * across + chance.sway(44.0),
                top + deep * (down + chance.sway(0.02)),
            );
            let size = if chance.happens(0.25) { 0.62 } else { 1.0 };
            let person = Person::new(chance, palette, feet, tall * size).posed(Pose::Walking);
            let person = person
                .facing(1.0)
                .away()
                .veiled(palette.layers[1], 0.4 - tall * 0.005);
            shadow(sheet, &person, -0.7, palette.ink);
            person.draw(sheet);
        }
    }
}

fn tufts(sheet: &mut Sheet, chance: &mut Chance, y: f32, hue: Hue) {
    for _ in 0..60 {
        let (x, foot) = (chance.unit() * sheet.wide, y + chance.between(-8.0, 60.0));
        for _ in 0..4 {
            let tip = (x + chance.sway(9.0), foot - chance.between(8.0, 20.0));
            sheet.bow([(x, foot), (x, foot - 8.0), tip], 1.5, hue);
        }
    }
}

/// Three families who have stopped and look at the pass.
fn families(sheet: &mut Sheet, chance: &mut Chance, palette: &Palette) {
    let (wide, ground) = (sheet.wide, sheet.high * 0.955);
    let centres = [0.2, 0.46, 0.8];
    for centre in centres {
        let x = wide * (centre + chance.sway(0.03));
        let group = [
            (-62.0, 182.0, Pose::Standing),
            (52.0, 168.0, Pose::Carrying),
            (-8.0, 104.0, Pose::Standing),
            (104.0, 122.0, Pose::Standing),
        ];
        for (across, tall, pose) in group {
            if tall < 125.0 && chance.happens(0.25) {
                continue;
            }
            let feet = (
                x + across * 0.8 + chance.sway(5.0),
                ground + chance.sway(9.0),
            );
            let person = Person::new(chance, palette, feet, tall).posed(pose);
            let person = person.facing(if across < 0.0 { 1.0 } else { -1.0 });
            let person = if chance.happens(0.4) && pose == Pose::Standing {
                person.away()
            } else {
                person
            };
            shadow(sheet, &person, -0.6, palette.ink);
            person.draw(sheet);
        }
    }
}
