//! Colours and the palettes a scene is painted with: few, related, and lit from one side.

use tiny_skia::Color;

use super::chance::Chance;

#[derive(Clone, Copy, Default)]
pub(super) struct Hue {
    red: f32,
    green: f32,
    blue: f32,
    alpha: f32,
}

pub(super) fn hue([red, green, blue]: [u8; 3]) -> Hue {
    let part = |value: u8| f32::from(value) / 255.0;
    Hue {
        red: part(red),
        green: part(green),
        blue: part(blue),
        alpha: 1.0,
    }
}

impl Hue {
    pub(super) fn mix(self, other: Self, share: f32) -> Self {
        let part = |from: f32, to: f32| from + (to - from) * share;
        Self {
            red: part(self.red, other.red),
            green: part(self.green, other.green),
            blue: part(self.blue, other.blue),
            alpha: part(self.alpha, other.alpha),
        }
    }

    pub(super) fn fade(self, alpha: f32) -> Self {
        Self { alpha, ..self }
    }

    pub(super) fn thinned(self, share: f32) -> Self {
        self.fade(self.alpha * share)
    }

    pub(super) fn lit(self, share: f32) -> Self {
        self.mix(hue([255, 246, 226]).fade(self.alpha), share)
    }

    pub(super) fn shade(self, share: f32) -> Self {
        self.mix(hue([20, 20, 32]).fade(self.alpha), share)
    }

    pub(super) fn paint(self) -> Color {
        let part = |value: f32| value.clamp(0.0, 1.0);
        Color::from_rgba(
            part(self.red),
            part(self.green),
            part(self.blue),
            part(self.alpha),
        )
        .unwrap_or(Color::BLACK)
    }
}

/// Layers go from far to near; `cloth` is what people wear.
#[derive(Clone, Copy, Default)]
pub(super) struct Palette {
    pub(super) sky: [Hue; 2],
    pub(super) sun: Hue,
    pub(super) layers: [Hue; 4],
    pub(super) ink: Hue,
    pub(super) pale: Hue,
    pub(super) accent: Hue,
    pub(super) cloth: [Hue; 6],
}

type Swatch = [[u8; 3]; 16];

const OCHRE: Swatch = [
    [214, 200, 172],
    [243, 226, 192],
    [246, 184, 61],
    [200, 182, 148],
    [158, 143, 117],
    [115, 102, 82],
    [79, 73, 58],
    [34, 31, 27],
    [246, 237, 219],
    [196, 74, 42],
    [180, 92, 52],
    [62, 84, 92],
    [222, 188, 120],
    [92, 60, 48],
    [44, 52, 60],
    [205, 205, 190],
];
const SEA: Swatch = [
    [134, 172, 184],
    [222, 226, 214],
    [252, 226, 160],
    [160, 188, 194],
    [111, 148, 160],
    [66, 106, 122],
    [38, 68, 80],
    [18, 34, 42],
    [238, 240, 232],
    [224, 106, 62],
    [214, 118, 74],
    [52, 88, 104],
    [236, 200, 116],
    [120, 62, 54],
    [30, 48, 58],
    [206, 216, 212],
];
const RUST: Swatch = [
    [226, 186, 156],
    [247, 226, 204],
    [255, 206, 128],
    [220, 170, 134],
    [201, 143, 104],
    [160, 94, 66],
    [110, 56, 40],
    [43, 26, 21],
    [250, 238, 224],
    [42, 98, 106],
    [58, 100, 104],
    [186, 70, 44],
    [238, 196, 132],
    [86, 48, 44],
    [40, 44, 52],
    [224, 206, 188],
];
const ROSE: Swatch = [
    [122, 132, 164],
    [244, 196, 172],
    [255, 222, 160],
    [186, 160, 172],
    [146, 120, 142],
    [98, 84, 112],
    [60, 54, 80],
    [30, 28, 46],
    [250, 230, 216],
    [226, 96, 78],
    [218, 104, 84],
    [72, 82, 124],
    [242, 196, 128],
    [116, 60, 84],
    [42, 42, 66],
    [222, 206, 206],
];
const SAGE: Swatch = [
    [176, 196, 184],
    [236, 234, 208],
    [252, 222, 134],
    [178, 192, 166],
    [136, 158, 132],
    [92, 118, 98],
    [54, 78, 68],
    [24, 38, 36],
    [242, 242, 228],
    [214, 102, 54],
    [208, 112, 66],
    [58, 92, 96],
    [230, 196, 112],
    [110, 62, 50],
    [36, 50, 52],
    [212, 218, 202],
];
const NIGHT: Swatch = [
    [16, 22, 48],
    [62, 66, 104],
    [255, 196, 104],
    [52, 58, 92],
    [40, 46, 76],
    [30, 34, 60],
    [22, 25, 46],
    [12, 13, 26],
    [236, 222, 200],
    [244, 150, 64],
    [104, 62, 62],
    [48, 62, 98],
    [120, 96, 76],
    [70, 46, 66],
    [32, 36, 58],
    [96, 100, 122],
];
const DUSK: Swatch = [
    [28, 40, 62],
    [166, 110, 104],
    [255, 186, 96],
    [86, 82, 104],
    [64, 64, 90],
    [44, 48, 72],
    [30, 34, 54],
    [15, 17, 30],
    [240, 222, 200],
    [240, 140, 70],
    [128, 66, 60],
    [52, 72, 100],
    [140, 106, 76],
    [82, 48, 62],
    [36, 42, 60],
    [112, 108, 122],
];

/// The light of the day, by seed.
pub(super) fn daylight(chance: &mut Chance) -> Palette {
    let swatch = chance.pick(&[1_u8, 2, 3, 4, 5]);
    palette(match swatch {
        1 => OCHRE,
        2 => SEA,
        3 => RUST,
        4 => ROSE,
        _ => SAGE,
    })
}

/// Palettes in which water reads as water.
pub(super) fn seaside(chance: &mut Chance) -> Palette {
    let swatch = chance.pick(&[1_u8, 2, 3]);
    palette(match swatch {
        1 => SEA,
        2 => ROSE,
        _ => SAGE,
    })
}

/// Palettes of dry, warm ground.
pub(super) fn earthy(chance: &mut Chance) -> Palette {
    let swatch = chance.pick(&[1_u8, 2, 3]);
    palette(match swatch {
        1 => OCHRE,
        2 => RUST,
        _ => ROSE,
    })
}

pub(super) fn nightfall(chance: &mut Chance) -> Palette {
    palette(if chance.happens(0.5) { NIGHT } else { DUSK })
}

fn palette(swatch: Swatch) -> Palette {
    let [
        sky_top,
        sky_low,
        sun,
        far,
        middle,
        near,
        front,
        ink,
        pale,
        accent,
        cloth @ ..,
    ] = swatch;
    Palette {
        sky: [hue(sky_top), hue(sky_low)],
        sun: hue(sun),
        layers: [hue(far), hue(middle), hue(near), hue(front)],
        ink: hue(ink),
        pale: hue(pale),
        accent: hue(accent),
        cloth: cloth.map(hue),
    }
}
