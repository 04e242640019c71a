//! Shelves of files and a desk lamp.

use super::brush::{Ink, Sheet, Spot, trace};
use super::chance::Chance;
use super::colour::{Palette, daylight, hue};
use super::land;

pub(super) fn archive(sheet: &mut Sheet, chance: &mut Chance) {
    let palette = daylight(chance);
    let (wide, high) = (sheet.wide, sheet.high);
    let dark = hue([38, 30, 30]).mix(palette.layers[3], 0.35);
    sheet.rect((0.0, 0.0), (wide, high), Ink::Down(dark, dark.lit(0.05)));
    for shelf in land::steps(high * 0.56, high * 0.152) {
        files(sheet, chance, &palette, shelf + 10.0);
    }
    for post in land::steps(wide, 300.0) {
        sheet.rect(
            (post - 40.0, 0.0),
            (18.0, high * 0.76),
            Ink::Across(dark.lit(0.22), dark.shade(0.2)),
        );
    }
    sheet.rect(
        (0.0, 0.0),
        (wide, high * 0.78),
        Ink::Down(dark.shade(0.5).fade(0.72), dark.fade(0.12)),
    );
    let lamp = (wide * chance.between(0.6, 0.68), high * 0.8);
    sheet.glow(
        (lamp.0 - 40.0, lamp.1 - 90.0),
        (wide * 0.6, high * 0.75),
        palette.sun.fade(0.62),
    );
    let wood = hue([120, 76, 50]);
    sheet.rect(
        (0.0, high * 0.78),
        (wide, high * 0.22),
        Ink::Down(wood.lit(0.12), wood.shade(0.5)),
    );
    sheet.rect((0.0, high * 0.78), (wide, 5.0), wood.lit(0.35));
    sheet.oval(
        (lamp.0 - 50.0, high * 0.87),
        (340.0, 70.0),
        Ink::Glow(palette.sun.lit(0.3).fade(0.8)),
    );
    papers(sheet, chance, &palette, (lamp.0 - 210.0, high * 0.87));
    stack(sheet, chance, &palette, (wide * 0.14, high * 0.85));
    desk_lamp(sheet, &palette, lamp);
}

fn files(sheet: &mut Sheet, chance: &mut Chance, palette: &Palette, top: f32) {
    let tall = sheet.high * 0.128;
    let wood = hue([104, 70, 50]);
    let mut x = -6.0;
    while x < sheet.wide {
        x += file(sheet, chance, palette, ((x, top + tall), tall));
        x += if chance.happens(0.04) { 30.0 } else { 0.6 };
    }
    let board = Ink::Down(wood.lit(0.2), wood.shade(0.3));
    sheet.rect((0.0, top + tall), (sheet.wide, 12.0), board);
    let dark = Ink::Down(palette.ink.fade(0.6), palette.ink.fade(0.0));
    sheet.rect((0.0, top + tall + 12.0), (sheet.wide, 14.0), dark);
}

/// One spine, now and then leaning; answers how much of the shelf it takes.
fn file(
    sheet: &mut Sheet,
    chance: &mut Chance,
    palette: &Palette,
    ((x, y), tall): (Spot, f32),
) -> f32 {
    let [first, second, third, fourth, _, sixth] = palette.cloth;
    let [_, middle, near, _] = palette.layers;
    let thick = chance.between(11.0, 27.0);
    let rise = tall * chance.between(0.72, 0.96);
    let lean = if chance.happens(0.08) {
        thick * 0.5
    } else {
        0.0
    };
    let tone = chance.pick(&[first, second, third, fourth, sixth, middle, near]);
    let tone = tone.shade(chance.between(0.05, 0.3));
    let (left, right) = (x + lean, x + thick + lean);
    let spine = [(x, y), (left, y - rise), (right, y - rise), (x + thick, y)];
    sheet.shape(&spine, Ink::Across(tone.lit(0.12), tone.shade(0.25)));
    if chance.happens(0.7) {
        let label = (x + lean * 0.6 + thick * 0.2, y - rise * 0.72);
        sheet.rect(label, (thick * 0.6, rise * 0.26), palette.pale.shade(0.2));
    }
    thick + lean
}

fn papers(sheet: &mut Sheet, chance: &mut Chance, palette: &Palette, (x, y): Spot) {
    for (across, down, turn) in [(-120.0, 8.0, 0.08), (70.0, 14.0, -0.1), (-30.0, 0.0, 0.02)] {
        let at = |left: f32, up: f32| {
            (
                x + across + left - up * 0.3,
                y + down - up * 0.34 + left * turn,
            )
        };
        let white = palette.pale.lit(0.4);
        sheet.shape(
            &trace(at, &[4.0, -8.0, 168.0, -8.0, 168.0, 112.0, 4.0, 112.0]),
            palette.ink.fade(0.3),
        );
        sheet.shape(
            &trace(at, &[0.0, 0.0, 160.0, 0.0, 160.0, 120.0, 0.0, 120.0]),
            Ink::Across(white.shade(0.2), white),
        );
        for line in land::steps(7.0, 1.0) {
            let (up, long) = (102.0 - line * 13.0, chance.between(90.0, 134.0));
            sheet.line(
                &[at(14.0, up), at(14.0 + long, up)],
                1.7,
                palette.ink.fade(0.5),
            );
        }
    }
    sheet.line(
        &[(x + 250.0, y + 8.0), (x + 310.0, y - 12.0)],
        4.5,
        palette.accent,
    );
}

fn stack(sheet: &mut Sheet, chance: &mut Chance, palette: &Palette, (x, y): Spot) {
    sheet.oval((x + 90.0, y + 6.0), (130.0, 16.0), palette.ink.fade(0.5));
    let mut up = 0.0;
    while up < 150.0 {
        let thick = chance.between(14.0, 26.0);
        let left = x + chance.sway(14.0);
        let tone = chance.pick(&palette.cloth).shade(0.15);
        sheet.rect(
            (left, y - up - thick),
            (190.0, thick),
            Ink::Across(tone.shade(0.3), tone.lit(0.2)),
        );
        sheet.rect(
            (left + 5.0, y - up - thick + 3.0),
            (182.0, thick - 6.0),
            Ink::Across(palette.pale.shade(0.45), palette.pale),
        );
        sheet.rect((left + 110.0, y - up - thick), (12.0, thick), tone);
        up += thick + 1.0;
    }
}

fn desk_lamp(sheet: &mut Sheet, palette: &Palette, (x, y): Spot) {
    let brass = hue([196, 150, 74]);
    sheet.beam(
        &[
            (x - 120.0, y - 172.0),
            (x + 4.0, y - 172.0),
            (x + 150.0, y + 70.0),
            (x - 330.0, y + 70.0),
        ],
        Ink::Down(palette.sun.fade(0.55), palette.sun.fade(0.0)),
    );
    sheet.oval((x + 70.0, y + 26.0), (62.0, 13.0), palette.ink);
    sheet.oval((x + 70.0, y + 20.0), (60.0, 12.0), brass.shade(0.35));
    sheet.bow(
        [
            (x + 70.0, y + 18.0),
            (x + 96.0, y - 190.0),
            (x - 50.0, y - 214.0),
        ],
        8.0,
        brass,
    );
    let shade = [
        (x - 128.0, y - 170.0),
        (x - 92.0, y - 222.0),
        (x - 22.0, y - 222.0),
        (x + 12.0, y - 170.0),
    ];
    let green = hue([34, 92, 76]);
    sheet.shape(&shade, Ink::Across(green.lit(0.25), green.shade(0.35)));
    sheet.oval((x - 58.0, y - 170.0), (70.0, 9.0), palette.sun.lit(0.6));
    sheet.glow((x - 58.0, y - 160.0), (130.0, 80.0), palette.sun.fade(0.8));
}
