//! One way to draw a person, used for every crowd, queue and family.

use super::brush::{Sheet, Spot};
use super::chance::Chance;
use super::colour::{Hue, Palette, hue};

mod figure;

#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Pose {
    #[default]
    Standing,
    Walking,
    /// One arm up, as with a placard or a greeting.
    Raising,
    /// Both hands before the chest, as with a candle or a paper.
    Holding,
    /// A small child on the arm.
    Carrying,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Cut {
    #[default]
    Jacket,
    Coat,
    Dress,
}

#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Crown {
    #[default]
    Short,
    Long,
    Bun,
    Scarf,
    Cap,
}

#[derive(Clone, Copy)]
pub(super) struct Person {
    pub(super) feet: Spot,
    pub(super) tall: f32,
    /// 1 looks right, -1 left.
    pub(super) facing: f32,
    pub(super) pose: Pose,
    pub(super) away: bool,
    pub(super) bag: bool,
    skin: Hue,
    hair: Hue,
    top: Hue,
    legs: Hue,
    cut: Cut,
    crown: Crown,
    broad: f32,
}

const SKINS: [[u8; 3]; 6] = [
    [232, 190, 158],
    [214, 164, 128],
    [190, 136, 100],
    [158, 106, 76],
    [118, 78, 58],
    [86, 58, 46],
];
const HAIRS: [[u8; 3]; 5] = [
    [32, 26, 24],
    [52, 38, 30],
    [84, 58, 40],
    [128, 118, 112],
    [24, 22, 28],
];

impl Person {
    pub(super) fn new(chance: &mut Chance, palette: &Palette, feet: Spot, tall: f32) -> Self {
        let cuts = [Cut::Jacket, Cut::Jacket, Cut::Coat, Cut::Dress];
        let crowns = [
            Crown::Short,
            Crown::Short,
            Crown::Long,
            Crown::Bun,
            Crown::Scarf,
            Crown::Cap,
        ];
        Self {
            feet,
            tall: tall * chance.between(0.92, 1.05),
            facing: chance.side(),
            pose: Pose::Standing,
            away: false,
            bag: chance.happens(0.2),
            skin: hue(chance.pick(&SKINS)),
            hair: hue(chance.pick(&HAIRS)),
            top: chance.pick(&palette.cloth).lit(chance.between(0.0, 0.12)),
            legs: palette
                .ink
                .mix(chance.pick(&palette.cloth), chance.between(0.1, 0.4)),
            cut: chance.pick(&cuts),
            crown: chance.pick(&crowns),
            broad: chance.between(0.92, 1.12),
        }
    }

    pub(super) fn posed(self, pose: Pose) -> Self {
        Self { pose, ..self }
    }

    pub(super) fn facing(self, facing: f32) -> Self {
        Self { facing, ..self }
    }

    /// Seen from behind.
    pub(super) fn away(self) -> Self {
        Self { away: true, ..self }
    }

    pub(super) fn with_bag(self) -> Self {
        Self { bag: true, ..self }
    }

    pub(super) fn dressed(self, top: Hue) -> Self {
        Self { top, ..self }
    }

    /// As seen through `share` of air in this colour.
    pub(super) fn veiled(self, air: Hue, share: f32) -> Self {
        Self {
            skin: self.skin.mix(air, share),
            hair: self.hair.mix(air, share),
            top: self.top.mix(air, share),
            legs: self.legs.mix(air, share),
            ..self
        }
    }

    /// The spot of the raised or holding hand.
    pub(super) fn hand(&self) -> Spot {
        match self.pose {
            Pose::Raising => self.at(0.2, 1.02),
            Pose::Holding | Pose::Carrying => self.at(0.06, 0.66),
            Pose::Standing | Pose::Walking => self.at(0.14, 0.46),
        }
    }

    /// Across in the direction of the look, up from the feet, as shares of the height.
    fn at(&self, across: f32, up: f32) -> Spot {
        (
            self.feet.0 + across * self.facing * self.tall,
            self.feet.1 - up * self.tall,
        )
    }
}

/// What the light throws on the ground; `lean` is how far, in shares of the height.
pub(super) fn shadow(sheet: &mut Sheet, person: &Person, lean: f32, dark: Hue) {
    let (x, y) = person.feet;
    let (reach, half) = (lean * person.tall, person.tall * 0.07);
    let depth = person.tall * 0.09;
    let cast = [
        (x - half, y - half * 0.2),
        (x + half, y - half * 0.2),
        (x + reach + half * 0.7, y + depth),
        (x + reach, y + depth * 1.25),
        (x - half * 0.4, y + half * 0.5),
    ];
    sheet.shape(&cast, dark.fade(0.28));
}
