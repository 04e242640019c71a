//! How a person is put together: legs, coat, arms, head, from the far side to the near one.

use super::super::brush::{Ink, Sheet, Spot, trace};
use super::{Crown, Cut, Person, Pose};

impl Person {
    pub(in super::super) fn draw(&self, sheet: &mut Sheet) {
        self.draw_legs(sheet);
        if self.bag && !self.away {
            self.draw_pack(sheet);
        }
        self.draw_arm(sheet, -1.0);
        self.draw_body(sheet);
        if self.bag && self.away {
            self.draw_pack(sheet);
        }
        self.draw_head(sheet);
        if self.pose == Pose::Carrying {
            self.draw_infant(sheet);
        }
        self.draw_arm(sheet, 1.0);
    }

    /// Without legs, for those behind a desk.
    pub(in super::super) fn seated(&self, sheet: &mut Sheet) {
        self.draw_arm(sheet, -1.0);
        self.draw_arm(sheet, 1.0);
        self.draw_body(sheet);
        self.draw_head(sheet);
    }

    fn trace(&self, shares: &[f32]) -> Vec<Spot> {
        trace(|across, up| self.at(across, up), shares)
    }

    /// A part that runs down through (across, up, half its width) and is as wide on both sides.
    fn limb(&self, joints: &[(f32, f32, f32)]) -> Vec<Spot> {
        let front = joints
            .iter()
            .map(|(across, up, half)| self.at(across + half, *up));
        let back = joints
            .iter()
            .rev()
            .map(|(across, up, half)| self.at(across - half, *up));
        front.chain(back).collect()
    }

    fn draw_legs(&self, sheet: &mut Sheet) {
        let (stride, bend, heel) = if self.pose == Pose::Walking {
            (0.115, 0.03, 0.015)
        } else {
            (0.04, 0.0, 0.0)
        };
        for (side, shade, lift) in [(-1.0, 0.22, heel), (1.0, 0.0, 0.0)] {
            let step = stride * side;
            let (hip, knee) = (0.03 * side, step * 0.5 + bend);
            let leg = [
                (hip, 0.52, 0.048),
                (knee, 0.28, 0.037),
                (step, 0.03 + lift, 0.024),
            ];
            let leg = self.limb(&leg);
            sheet.shape(&leg, self.legs.shade(shade));
            self.draw_shoe(sheet, (step, lift), shade);
        }
    }

    fn draw_shoe(&self, sheet: &mut Sheet, (step, lift): Spot, shade: f32) {
        let at = |across: f32, up: f32| self.at(step + across, lift + up);
        let shoe = trace(
            at,
            &[
                -0.028, 0.045, 0.026, 0.045, 0.07, 0.012, 0.068, 0.0, -0.032, 0.0,
            ],
        );
        sheet.shape(&shoe, self.legs.shade(0.5 + shade));
    }

    fn draw_body(&self, sheet: &mut Sheet) {
        let (hem, flare) = match self.cut {
            Cut::Jacket => (0.46, 0.1),
            Cut::Coat => (0.3, 0.115),
            Cut::Dress => (0.12, 0.135),
        };
        let half = |share: f32| share * self.broad;
        let coat = [
            (0.0, 0.85, 0.04),
            (0.0, 0.825, half(0.1)),
            (0.0, 0.77, half(0.122)),
            (0.0, 0.6, half(0.092)),
            (0.0, hem, half(flare)),
        ];
        let outline = self.limb(&coat);
        sheet.shape(&outline, Ink::Down(self.top.lit(0.1), self.top.shade(0.12)));
        let dark = coat.map(|(_, up, wide)| (-wide * 0.56, up, wide * 0.44));
        let dark = self.limb(&dark);
        sheet.shape(&dark, self.top.shade(0.55).fade(0.32));
    }

    fn draw_arm(&self, sheet: &mut Sheet, side: f32) {
        let shoulder = self.at(0.1 * side * self.broad, 0.785);
        let (elbow, hand) = self.reach(side);
        let cloth = self.top.shade(if side < 0.0 { 0.3 } else { 0.1 });
        sheet.oval(hand, (self.tall * 0.023, self.tall * 0.026), self.skin);
        sheet.line(
            &[shoulder, elbow, sleeve_end(elbow, hand)],
            self.tall * 0.058,
            cloth,
        );
    }

    fn reach(&self, side: f32) -> (Spot, Spot) {
        let wide = 0.135 * self.broad * side;
        match self.pose {
            Pose::Walking => (
                self.at(wide * 0.5 - 0.07 * side, 0.62),
                self.at(-0.1 * side, 0.48),
            ),
            Pose::Raising if side > 0.0 => (self.at(0.2, 0.88), self.at(0.2, 1.02)),
            Pose::Standing | Pose::Raising => (self.at(wide * 1.08, 0.62), self.at(wide, 0.46)),
            Pose::Holding => (
                self.at(wide * 1.05, 0.63),
                self.at(0.06 + 0.015 * side, 0.66),
            ),
            Pose::Carrying => (self.at(wide * 1.1, 0.62), self.at(0.1 - 0.05 * side, 0.6)),
        }
    }

    fn draw_head(&self, sheet: &mut Sheet) {
        let size = self.tall;
        sheet.line(
            &[self.at(0.0, 0.84), self.at(0.006, 0.89)],
            size * 0.05,
            self.skin.shade(0.22),
        );
        if matches!(self.crown, Crown::Scarf) {
            self.draw_scarf(sheet);
            return;
        }
        let long = matches!(self.crown, Crown::Long);
        if long {
            sheet.oval(
                self.at(-0.018, 0.895),
                (size * 0.058, size * 0.078),
                self.hair,
            );
        }
        if matches!(self.crown, Crown::Bun) {
            sheet.oval(
                self.at(-0.05, 0.975),
                (size * 0.027, size * 0.027),
                self.hair,
            );
        }
        if !self.away {
            sheet.oval(
                self.at(0.006, 0.925),
                (size * 0.05, size * 0.066),
                self.skin,
            );
        }
        self.draw_hair(sheet);
    }

    fn draw_hair(&self, sheet: &mut Sheet) {
        let size = self.tall;
        let colour = if matches!(self.crown, Crown::Cap) {
            self.legs.lit(0.2)
        } else {
            self.hair
        };
        if self.away {
            sheet.oval(self.at(-0.004, 0.93), (size * 0.053, size * 0.067), colour);
            return;
        }
        let cap = self.trace(&[
            0.05, 0.935, 0.06, 0.975, 0.02, 1.005, -0.045, 0.995, -0.066, 0.94, -0.05, 0.885,
            -0.028, 0.9, -0.018, 0.95,
        ]);
        sheet.soft(&cap, colour);
    }

    fn draw_scarf(&self, sheet: &mut Sheet) {
        let size = self.tall;
        let cloth = self.top.lit(0.35).mix(self.hair, 0.2);
        let drape = self.trace(&[
            0.05, 0.9, 0.07, 0.99, -0.02, 1.01, -0.08, 0.96, -0.1, 0.82, -0.06, 0.77, 0.07, 0.8,
        ]);
        if !self.away {
            sheet.oval(
                self.at(0.014, 0.922),
                (size * 0.045, size * 0.06),
                self.skin,
            );
        }
        sheet.soft(&drape, cloth.shade(0.08));
        if !self.away {
            sheet.oval(
                self.at(0.022, 0.925),
                (size * 0.034, size * 0.047),
                self.skin,
            );
        }
    }

    fn draw_pack(&self, sheet: &mut Sheet) {
        let across = if self.away { 0.0 } else { -0.13 };
        let pack = self.trace(&[
            across - 0.085,
            0.56,
            across - 0.09,
            0.8,
            across + 0.08,
            0.82,
            across + 0.085,
            0.55,
        ]);
        sheet.soft(&pack, self.legs.lit(0.18));
    }

    fn draw_infant(&self, sheet: &mut Sheet) {
        let size = self.tall;
        let bundle = self.trace(&[0.03, 0.8, 0.14, 0.78, 0.16, 0.56, 0.02, 0.56]);
        sheet.soft(&bundle, self.top.lit(0.45));
        sheet.oval(self.at(0.085, 0.81), (size * 0.04, size * 0.044), self.hair);
        sheet.oval(self.at(0.095, 0.8), (size * 0.03, size * 0.035), self.skin);
    }
}

/// The hand shows below its sleeve.
fn sleeve_end(elbow: Spot, hand: Spot) -> Spot {
    (
        elbow.0 + (hand.0 - elbow.0) * 0.82,
        elbow.1 + (hand.1 - elbow.1) * 0.82,
    )
}
